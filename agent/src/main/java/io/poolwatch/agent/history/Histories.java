package io.poolwatch.agent.history;

import io.poolwatch.agent.state.PoolState;
import io.poolwatch.agent.state.PoolStates;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the figures of pools were: every two seconds for three minutes, and so on up to
 * every two hours for a week. Time is told by {@link System#nanoTime}: no clock that is set moves
 * anything. One thread.
 *
 * <p>A pool takes 2 kB for each {@link Series} that ever was anything but 0, some 25 kB as a rule,
 * 53 kB at most.
 */
public final class Histories {
  /** Pools that are remembered; of those beyond the busiest take the place of idle ones. */
  public static final int MOST_POOLS = 200;

  private static final Series[] SERIES = Series.values();
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** A look waits so many times as long as the one before took. */
  private static final long LOOK_SHARE = 200;

  /** A newcomer takes a place if it lent so many times as much. */
  private static final long BUSIER = 10;

  private static final long LEAST_BORROWS = 1_000;

  private final PoolStates states;
  private final Map<PoolIdentity, Rings> pools = new HashMap<>();
  private final Map<Step, Slots> slots = new EnumMap<>(Step.class);
  private final long startNanos;
  private long lastNanos;
  private long nextNanos;
  private long lookTook;
  private boolean begun;
  private int unremembered;

  /**
   * Begins to remember.
   *
   * @param states the pools
   * @param nowNanos the present {@link System#nanoTime}
   */
  public Histories(PoolStates states, long nowNanos) {
    this.states = states;
    startNanos = nowNanos;
    lastNanos = nowNanos;
    nextNanos = nowNanos;
    for (Step step : Step.values()) {
      slots.put(step, new Slots(step));
    }
  }

  /** Looks, if it is time to. */
  public void tick(long nowNanos) {
    if (nowNanos - nextNanos >= 0) {
      look(nowNanos);
    }
  }

  /** Looks now, as before a report. */
  public void look(long nowNanos) {
    long start = System.nanoTime();
    add(states.named(), nowNanos);
    // With very many pools a look takes long: then more rarely. The lesser of two, because either
    // may have had to wait for a processor.
    long took = System.nanoTime() - start;
    long apart = Math.min(took, lookTook) * LOOK_SHARE;
    lookTook = took;
    nextNanos = nowNanos + Math.max(Step.values()[0].seconds() * SECOND_NANOS, apart);
  }

  void add(List<PoolState> now, long nowNanos) {
    // Never back: a tick that comes early, or a caller that is wrong about the time, takes no time.
    double from = secondsAt(lastNanos);
    if (nowNanos - lastNanos > 0) {
      lastNanos = nowNanos;
    }
    double to = secondsAt(lastNanos);
    for (Slots each : slots.values()) {
      each.moveTo(from, to);
    }
    unremembered = 0;
    double[] values = new double[SERIES.length];
    PoolState busiest = null;
    for (PoolState state : now) {
      read(state, values);
      Rings rings = pools.get(state.figures().identity());
      if (rings == null) {
        rings = open(state, values, (long) from);
      }
      if (rings == null) {
        unremembered++;
        if (busiest == null
            || state.figures().tally().borrows() > busiest.figures().tally().borrows()) {
          busiest = state;
        }
        continue;
      }
      for (Slots each : slots.values()) {
        each.add(rings, values, from, to);
      }
      rings.close(values, objectBytes(state.figures()));
    }
    if (busiest != null) {
      makeRoom(now, busiest, (long) to);
    }
    begun = true;
  }

  private double secondsAt(long nanos) {
    return (nanos - startNanos) / (double) SECOND_NANOS;
  }

  private static double objectBytes(PoolSnapshot pool) {
    long live = pool.tally().idle() + pool.tally().used();
    return live == 0 || pool.worth().idleBytes() < 0
        ? Double.NaN
        : (double) (pool.worth().idleBytes() + pool.worth().usedBytes()) / live;
  }

  private static void read(PoolState state, double[] values) {
    for (Series series : SERIES) {
      values[series.ordinal()] = series.valueIn(state);
    }
  }

  private @Nullable Rings open(PoolState state, double[] values, long second) {
    if (pools.size() >= MOST_POOLS) {
      return null;
    }
    Rings rings = new Rings(second);
    if (!begun) {
      // What was counted before anybody remembered did not happen in the first two seconds.
      rings.startFrom(values);
    }
    pools.put(state.figures().identity(), rings);
    return rings;
  }

  /** Lets a pool that is used much take the place of one that is hardly used. */
  private void makeRoom(List<PoolState> now, PoolState busy, long second) {
    PoolState idlest = null;
    for (PoolState state : now) {
      if (pools.containsKey(state.figures().identity())
          && (idlest == null
              || state.figures().tally().borrows() < idlest.figures().tally().borrows())) {
        idlest = state;
      }
    }
    long borrows = busy.figures().tally().borrows();
    if (idlest != null
        && borrows >= LEAST_BORROWS
        && borrows / BUSIER > idlest.figures().tally().borrows()) {
      pools.remove(idlest.figures().identity());
      double[] values = new double[SERIES.length];
      read(busy, values);
      Rings rings = new Rings(second);
      rings.startFrom(values);
      pools.put(busy.figures().identity(), rings);
    }
  }

  /** How many pools there were at the last look of which nothing is remembered. */
  public int unremembered() {
    return unremembered;
  }

  /** All that is remembered of a pool, as finely as it fits one ring; null if nothing is. */
  public @Nullable Curve whole(PoolIdentity pool) {
    Rings rings = pools.get(pool);
    if (rings == null) {
      return null;
    }
    long second = (lastNanos - startNanos) / SECOND_NANOS;
    Step chosen = Step.TWO_HOURS;
    for (Step step : Step.values()) {
      if (second - rings.sinceSecond <= step.spanSeconds()) {
        chosen = step;
        break;
      }
    }
    return curve(rings, chosen);
  }

  /** The last quarter of an hour; null if nothing is remembered, or {@link #whole} shows it. */
  public @Nullable Curve latest(PoolIdentity pool) {
    Rings rings = pools.get(pool);
    long second = (lastNanos - startNanos) / SECOND_NANOS;
    return rings == null || second - rings.sinceSecond <= Step.TEN_SECONDS.spanSeconds()
        ? null
        : curve(rings, Step.TEN_SECONDS);
  }

  private Curve curve(Rings rings, Step step) {
    Slots of = slots.get(step);
    if (of == null) {
      throw new AssertionError(step);
    }
    long first = Math.max(of.latest - step.slots() + 1, rings.sinceSecond / step.seconds());
    int size = (int) (of.latest - first + 1);
    double[] watched = new double[size];
    Map<Series, double[]> values = new EnumMap<>(Series.class);
    for (Series series : SERIES) {
      double[] line = new double[size];
      for (int i = 0; i < size; i++) {
        int slot = (int) ((first + i) % step.slots());
        watched[i] = of.watched[slot];
        line[i] = rings.value(series, step, slot);
      }
      values.put(series, line);
    }
    long missing = (of.latest + 1) * step.seconds() - (lastNanos - startNanos) / SECOND_NANOS;
    return new Curve(step.seconds(), missing, watched, values);
  }

  /** Mean bytes of one object, as it was known last; NaN if it never was. */
  public double objectBytes(PoolIdentity pool) {
    Rings rings = pools.get(pool);
    return rings == null ? Double.NaN : rings.objectBytes();
  }

  /** The most objects that were seen in the pool at a look; 0 if nothing is remembered. */
  public long mostSeen(PoolIdentity pool) {
    Rings rings = pools.get(pool);
    return rings == null ? 0 : rings.mostSeen();
  }

  /** Bytes that the figures of all pools take. */
  long bytes() {
    return pools.values().stream().mapToLong(Rings::bytes).sum();
  }

  /** The slots of one step: the same moments for all pools. */
  private final class Slots {
    final Step step;

    /** For how long the counts in each slot were counted, in seconds; 0: nobody looked. */
    final double[] watched;

    long latest = -1;

    Slots(Step step) {
      this.step = step;
      watched = new double[step.slots()];
    }

    void moveTo(double from, double to) {
      long now = slotOf(to);
      // After a long gap each slot is cleared once, not as often as it would have been used.
      for (long next = Math.max(latest + 1, now - step.slots() + 1); next <= now; next++) {
        int at = (int) (next % step.slots());
        watched[at] = 0;
        for (Rings rings : pools.values()) {
          rings.clear(step, at);
        }
      }
      latest = Math.max(latest, now);
      for (long each = firstOf(from); each <= latest; each++) {
        watched[(int) (each % step.slots())] += overlap(each, from, to);
      }
    }

    /** Shares what happened in some time out to the slots that lie in it, as if it were even. */
    void add(Rings rings, double[] values, double from, double to) {
      for (long each = firstOf(from); each <= latest; each++) {
        double share = to > from ? overlap(each, from, to) / (to - from) : each == latest ? 1 : 0;
        rings.add(step, (int) (each % step.slots()), values, share);
      }
    }

    private long slotOf(double second) {
      return (long) (second / step.seconds());
    }

    private long firstOf(double from) {
      return Math.max(slotOf(from), latest - step.slots() + 1);
    }

    private double overlap(long slot, double from, double to) {
      double begin = (double) slot * step.seconds();
      return Math.max(0, Math.min(to, begin + step.seconds()) - Math.max(from, begin));
    }
  }
}
