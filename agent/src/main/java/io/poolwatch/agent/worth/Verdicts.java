package io.poolwatch.agent.worth;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
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
  private static final int SLICES = 4;

  /** Verdicts that are told; a service with more has learnt what there is to learn. */
  private static final int MOST = 200;

  /** Collections without which nothing is said of what one costs. */
  private static final int LEAST_COLLECTIONS = 3;

  private static final long LEAST_APART_NANOS = 200_000_000L;
  private static final int WIDTH = 200;

  private final Ledger ledger;
  private final Notices notices;
  private final Consumer<AgentEvent> sink;
  private final long after;
  private final long apart;
  private final Heap heap = new Heap();
  private final Calibration calibration = new Calibration();
  private final Map<PoolIdentity, Case> cases = new LinkedHashMap<>();
  private HeapReading first;
  private List<PoolSnapshot> firstFigures = new ArrayList<>();
  private boolean calibrated;
  private HeapReading last;
  private int told;
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
    this.notices = notices;
    this.sink = sink;
    after = afterMillis * 1_000_000L;
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
      calibrated = true;
      Prices.current(calibration.prices());
    }
    // What the loops allocated is not the service's.
    first = heap.read(System.nanoTime());
    firstFigures = ledger.snapshot();
  }

  private void look(long nowNanos) {
    double collector = collectorNanosPerByte();
    for (PoolAppraisal now : ledger.appraisals()) {
      Case pool = cases.computeIfAbsent(now.figures().identity(), identity -> new Case());
      PoolAppraisal before = pool.before(now, nowNanos, after);
      if (before != null && calibrated) {
        Judge judge =
            new Judge(
                Prices.current(),
                collector,
                Figures.time(pool.latest - pool.readings.peek().nanos));
        take(pool, judge.judge(before, now), nowNanos);
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

  private void take(Case pool, Verdict judged, long nowNanos) {
    Evidence evidence = pool.evidence;
    Verdict verdict = evidence == null ? judged : evidence.with(judged.pool(), judged);
    Verdict told = pool.told;
    boolean seenTwice = pool.latestVerdict != null && pool.latestVerdict.isLike(verdict);
    pool.latestVerdict = verdict;
    if (told == null || (seenTwice && !told.isLike(verdict) && nowNanos - pool.toldAt >= after)) {
      pool.told = verdict;
      pool.toldAt = nowNanos;
      tell(verdict);
    }
  }

  /** An experiment on the pools of one name has ended; what it found is part of all verdicts. */
  public void found(PoolIdentity identity, Evidence evidence, long nowNanos) {
    Case pool = cases.computeIfAbsent(identity, unknown -> new Case());
    pool.evidence = evidence;
    Verdict verdict = evidence.with(identity, pool.latestVerdict);
    pool.latestVerdict = verdict;
    pool.told = verdict;
    pool.toldAt = nowNanos;
    tell(verdict);
  }

  private void tell(Verdict verdict) {
    if (told++ < MOST) {
      String text = text(verdict);
      notices.info(text);
      sink.accept(event(verdict, text));
    }
  }

  /** The latest verdict on the pools of a name; null if none was made yet. */
  public @Nullable Verdict of(PoolIdentity pool) {
    Case known = cases.get(pool);
    return known == null ? null : known.latestVerdict;
  }

  /** Tells all verdicts once more, in a line each, and the service without its pools. */
  public void close() {
    List<String> lines = new ArrayList<>();
    for (Case pool : cases.values()) {
      Verdict verdict = pool.latestVerdict;
      if (verdict != null) {
        lines.add(
            PlainText.clip(verdict.pool().name(), 60)
                + "  "
                + verdict.said()
                + ": "
                + verdict.reason());
      }
    }
    tell("verdicts by pool:", lines);
    if (calibrated) {
      tell(
          "this service with and without its pools:",
          WithoutPools.lines(first, heap.read(System.nanoTime()), firstFigures, ledger.snapshot()));
    }
  }

  private void tell(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      String begin = System.lineSeparator() + "  ";
      notices.info(title + begin + String.join(begin, lines));
    }
  }

  private static String text(Verdict verdict) {
    PoolIdentity pool = verdict.pool();
    String type = pool.objectType();
    StringBuilder text = new StringBuilder(512);
    text.append("verdict ")
        .append(verdict.said())
        .append(" in pool ")
        .append(PlainText.clip(pool.name(), WIDTH))
        .append(" (")
        .append(pool.system())
        .append(')');
    if (type != null) {
      text.append(", objects of ").append(PlainText.clip(type, WIDTH));
    }
    text.append(": ").append(verdict.reason());
    Evidence evidence = verdict.evidence();
    if (evidence != null) {
      text.append(System.lineSeparator()).append("  experiment: ").append(evidence.figures());
    }
    return text.append(System.lineSeparator())
        .append("  account: ")
        .append(verdict.account())
        .toString();
  }

  private static AgentEvent event(Verdict verdict, String text) {
    PoolIdentity pool = verdict.pool();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("poolwatch.pool.name", pool.name());
    attributes.put("poolwatch.pool.system", pool.system());
    String type = pool.objectType();
    if (type != null) {
      attributes.put("poolwatch.pool.object.type", type);
    }
    attributes.put("poolwatch.verdict", verdict.kind().label());
    if (verdict.size() != Verdict.NO_SIZE) {
      attributes.put("poolwatch.verdict.size", Long.toString(verdict.size()));
    }
    attributes.put(
        "poolwatch.verdict.evidence", verdict.evidence() == null ? "accounting" : "experiment");
    return AgentEvent.information("poolwatch.verdict", text, attributes);
  }

  /** What is remembered of the pools of one name. */
  private static final class Case {
    final Deque<Reading> readings = new ArrayDeque<>();
    long latest;
    @Nullable Verdict latestVerdict;
    @Nullable Evidence evidence;
    @Nullable Verdict told;
    long toldAt;

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
