package io.poolwatch.agent.worth;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PoolNews;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.worth.Prices;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has each pool judged again and again, and tells a verdict when it is another one than before: in
 * the log and as an event; all of them once more as the process ends, with what the service would
 * be like without its pools. One thread.
 */
public final class Verdicts {
  /** Looks in the time that a verdict is about. */
  private static final int LOOKS = 5;

  /** Slices of the calibration in one tick. */
  private static final int SLICES = 6;

  /** Verdicts that are told. */
  private static final int MOST = 200;

  /** Collections without which nothing is said of what one costs. */
  private static final int LEAST_COLLECTIONS = 3;

  private static final long LEAST_APART_NANOS = 200_000_000L;

  private final Ledger ledger;
  private final PoolNews news;
  private final long after;
  private final long apart;
  private final Heap heap;
  private final Calibration calibration = new Calibration();
  private final Map<PoolIdentity, Case> cases = new LinkedHashMap<>();
  private HeapReading first;
  private List<PoolAppraisal> firstFigures = new ArrayList<>();
  private HeapReading last;
  private long next;

  /**
   * Verdicts.
   *
   * @param ledger knows the pools; the windows of its usage are set here
   * @param notices the log
   * @param sink what else each verdict goes to
   * @param afterMillis the time that a verdict is about, and that lies between two of them; 0: none
   *     is made
   */
  public Verdicts(Ledger ledger, Notices notices, Consumer<AgentEvent> sink, long afterMillis) {
    this.ledger = ledger;
    news = new PoolNews("poolwatch.verdict", false, MOST, notices, sink);
    after = afterMillis * 1_000_000L;
    heap = new Heap(after > 0);
    apart = Math.max(LEAST_APART_NANOS, after / LOOKS);
    if (after > 0) {
      ledger.usageWindow(apart);
    }
    next = System.nanoTime() + apart;
    first = heap.read(System.nanoTime());
    last = first;
  }

  /** Looks, if it is time to, and tells what is new. */
  public void tick(long nowNanos) {
    last = heap.read(nowNanos);
    calibrate();
    if (after > 0 && nowNanos - next >= 0) {
      next = nowNanos + apart;
      look(nowNanos);
    }
  }

  private void calibrate() {
    if (calibration.isOver()) {
      return;
    }
    for (int i = 0; i < SLICES; i++) {
      calibration.slice();
    }
    if (calibration.isSteady()) {
      Prices.current(calibration.prices());
    }
    // What the loops allocated is not the service's.
    first = heap.read(System.nanoTime());
    firstFigures = ledger.appraisals();
  }

  private void look(long nowNanos) {
    double collector = collectorNanosPerByte();
    for (PoolAppraisal now : ledger.appraisals()) {
      Case pool = cases.computeIfAbsent(now.figures().identity(), identity -> new Case(after));
      PoolAppraisal before = pool.before(now, nowNanos, after);
      // On a busy machine prices fall for long after they seemed to be steady.
      if (before != null && calibration.isOver()) {
        Judge judge =
            new Judge(
                Prices.current(),
                collector,
                Figures.time(pool.latest - pool.readings.peek().nanos));
        Verdict judged = judge.judge(before, now);
        Evidence evidence = pool.evidence;
        Verdict verdict = evidence == null ? judged : evidence.with(judged.pool(), judged);
        if (pool.standing.takes(verdict, nowNanos)) {
          tell(verdict);
        }
      }
    }
  }

  /**
   * Pauses of the young collections for each allocated byte; NaN where there were hardly any. Since
   * the loops ended, if there were some: those of a JVM that starts are dearer.
   */
  private double collectorNanosPerByte() {
    return last.youngSince(first) >= LEAST_COLLECTIONS
        ? last.youngNanosSince(first) / (double) last.allocatedSince(first)
        : last.youngCollections() >= LEAST_COLLECTIONS && last.allocated() > 0
            ? last.youngNanos() / (double) last.allocated()
            : Double.NaN;
  }

  /** An experiment on the pools of one name has ended; what it found is part of all verdicts. */
  public void found(PoolIdentity identity, Evidence evidence, long nowNanos) {
    Case pool = cases.computeIfAbsent(identity, unknown -> new Case(after));
    pool.evidence = evidence;
    Verdict verdict = evidence.with(identity, pool.standing.latest());
    pool.standing.stands(verdict, nowNanos);
    tell(verdict);
  }

  private void tell(Verdict verdict) {
    news.tell(verdict.pool(), "verdict " + verdict.said(), text(verdict), attributes(verdict));
  }

  /** The latest verdict on the pools of a name; null if none was made yet. */
  public @Nullable Verdict of(PoolIdentity pool) {
    Case known = cases.get(pool);
    return known == null ? null : known.standing.latest();
  }

  /** Tells all verdicts once more, in a line each, and the service without its pools. */
  public void close() {
    List<String> lines = new ArrayList<>();
    for (Case pool : cases.values()) {
      Verdict verdict = pool.standing.latest();
      if (verdict != null) {
        lines.add(PoolNews.line(verdict.pool(), verdict.said() + ": " + verdict.reason()));
      }
    }
    news.tellAll("verdicts by pool:", lines);
    WithoutPools without = withoutPools();
    news.tellAll(
        "this service with and without its pools:",
        without == null ? new ArrayList<>() : without.lines());
  }

  /** The service with and without its pools; null if too little is known. */
  public @Nullable WithoutPools withoutPools() {
    return calibration.isOver()
        ? WithoutPools.between(
            first, heap.read(System.nanoTime()), firstFigures, ledger.appraisals())
        : null;
  }

  private static String text(Verdict verdict) {
    Evidence evidence = verdict.evidence();
    String line = System.lineSeparator() + "  ";
    return verdict.reason()
        + (evidence == null ? "" : line + "experiment: " + evidence.figures())
        + line
        + "account: "
        + verdict.account();
  }

  private static Map<String, String> attributes(Verdict verdict) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("poolwatch.verdict", verdict.kind().label());
    if (verdict.size() != Verdict.NO_SIZE) {
      attributes.put("poolwatch.verdict.size", Long.toString(verdict.size()));
    }
    attributes.put(
        "poolwatch.verdict.evidence", verdict.evidence() == null ? "accounting" : "experiment");
    return attributes;
  }

  /** What is remembered of the pools of one name. */
  private static final class Case {
    final Deque<Reading> readings = new ArrayDeque<>();
    final Standing standing;
    long latest;
    @Nullable Evidence evidence;

    Case(long span) {
      standing = new Standing(span);
    }

    /** The latest reading that is old enough to compare with; null if there is none yet. */
    @Nullable PoolAppraisal before(PoolAppraisal now, long nowNanos, long after) {
      readings.add(new Reading(now, nowNanos));
      latest = nowNanos;
      while (readings.size() > 2 && nowNanos - second().nanos >= after) {
        readings.remove();
      }
      Reading oldest = readings.element();
      return nowNanos - oldest.nanos >= after ? oldest.appraisal : null;
    }

    private Reading second() {
      Iterator<Reading> each = readings.iterator();
      each.next();
      return each.next();
    }
  }

  private static final class Reading {
    final PoolAppraisal appraisal;
    final long nanos;

    Reading(PoolAppraisal appraisal, long nanos) {
      this.appraisal = appraisal;
      this.nanos = nanos;
    }
  }
}
