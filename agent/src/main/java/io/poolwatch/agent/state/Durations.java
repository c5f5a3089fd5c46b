package io.poolwatch.agent.state;

import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolIdentity;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long borrows and loans take in each pool, since the start and lately, from the samples that
 * somebody else reads. Thread-safe.
 */
public final class Durations {
  /** Pools whose durations are kept; each takes 4 kB. Of those that come later nothing is known. */
  static final int MOST_POOLS = 500;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Ledger ledger;
  private final Map<PoolIdentity, Timed[]> pools = new HashMap<>();
  private long minuteBegan = System.nanoTime();

  /**
   * Knows nothing yet.
   *
   * @param ledger knows the pools' names
   */
  public Durations(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Takes each sample that is read from now on. */
  public void follow() {
    DurationSamples.onlooker(this::take);
  }

  private void take(DurationSamples.Sample sample) {
    PoolIdentity pool = ledger.identityOf(sample.book());
    if (pool != null && !sample.book().system().breaker().isOpen()) {
      add(pool, sample.kind(), sample.nanos());
    }
  }

  synchronized void add(PoolIdentity pool, int kind, long nanos) {
    Timed[] known = pools.get(pool);
    if (known == null) {
      if (pools.size() >= MOST_POOLS) {
        return;
      }
      known = new Timed[] {new Timed(), new Timed()};
      pools.put(pool, known);
    }
    known[kind].add(nanos);
  }

  /** Forgets what is not of the last two minutes; to be called about once a second. */
  public synchronized void tick(long nowNanos) {
    if (nowNanos - minuteBegan >= MINUTE_NANOS) {
      minuteBegan = nowNanos;
      for (Timed[] known : pools.values()) {
        known[DurationSamples.BORROW].closeMinute();
        known[DurationSamples.LOAN].closeMinute();
      }
    }
  }

  /**
   * Durations since the start.
   *
   * @param kind {@link DurationSamples#BORROW} or {@link DurationSamples#LOAN}
   * @return null if none was sampled
   */
  public synchronized @Nullable Quantiles all(PoolIdentity pool, int kind) {
    Timed[] known = pools.get(pool);
    return known == null ? null : quantiles(known[kind].all);
  }

  /**
   * Durations in this minute so far and in the one before.
   *
   * @param kind {@link DurationSamples#BORROW} or {@link DurationSamples#LOAN}
   * @return null if none was sampled
   */
  public synchronized @Nullable Quantiles latest(PoolIdentity pool, int kind) {
    Timed[] known = pools.get(pool);
    return known == null ? null : quantiles(known[kind].latest());
  }

  private static @Nullable Quantiles quantiles(DurationSketch sketch) {
    return sketch.samples() == 0 ? null : new Quantiles(sketch);
  }

  /** One kind of duration in the pools of one name. */
  private static final class Timed {
    final DurationSketch all = new DurationSketch();
    private DurationSketch minute = new DurationSketch();
    private DurationSketch before = new DurationSketch();

    void add(long nanos) {
      all.add(nanos);
      minute.add(nanos);
    }

    void closeMinute() {
      DurationSketch oldest = before;
      before = minute;
      minute = oldest;
      minute.clear();
    }

    DurationSketch latest() {
      DurationSketch both = new DurationSketch();
      both.addAll(before);
      both.addAll(minute);
      return both;
    }
  }
}
