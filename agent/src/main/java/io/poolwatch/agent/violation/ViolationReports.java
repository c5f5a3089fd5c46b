package io.poolwatch.agent.violation;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.LostObjects;
import io.poolwatch.violation.Sighting;
import io.poolwatch.violation.Violation;
import io.poolwatch.violation.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the reports, once a second, and tells them: each one in full the first time that it is seen
 * from its place in the service's code, and once more when it first shows both sides; what is alike
 * is counted, and summed up once a minute. One thread.
 */
public final class ViolationReports {
  /** Kinds of reports that are told apart; further ones are counted in the metric alone. */
  private static final int MOST_FOLDS = 128;

  private static final int MOST_A_TICK = 512;
  private static final int FRAMES_ALIKE = 4;
  private static final long SUM_UP_NANOS = 60_000_000_000L;

  private final Ledger ledger;
  private final Notices notices;
  private final Consumer<AgentEvent> sink;
  private final Map<List<Object>, Fold> folds = new LinkedHashMap<>();
  private long nextSum = System.nanoTime() + SUM_UP_NANOS;
  private long untold;
  private long unfolded;

  /**
   * A teller.
   *
   * @param ledger knows the pools' names
   * @param notices the log
   * @param sink what else each report that is told in full goes to
   */
  public ViolationReports(Ledger ledger, Notices notices, Consumer<AgentEvent> sink) {
    this.ledger = ledger;
    this.notices = notices;
    this.sink = sink;
  }

  /** Tells what came since the last call. */
  public void tick(long nowNanos) {
    drain(); // to have room for what follows
    ledger.takeLeaks(Violations::lost);
    LostObjects.tell();
    drain();
    if (nowNanos - nextSum >= 0) {
      nextSum = nowNanos + SUM_UP_NANOS;
      sumUp();
    }
  }

  private void drain() {
    for (int i = 0; i < MOST_A_TICK; i++) {
      Violation violation = Violations.poll();
      if (violation == null) {
        break;
      }
      take(violation);
    }
  }

  /** Tells what is left, and the sums over the life of the process. */
  public void close() {
    tick(System.nanoTime());
    sumUp();
    List<String> lines = new ArrayList<>();
    for (PoolSnapshot pool : ledger.snapshot()) {
      for (ViolationKind kind : ViolationKind.values()) {
        long count = pool.tally().violations(kind);
        if (count > 0) {
          lines.add(
              "  "
                  + PlainText.clip(pool.identity().name(), 60)
                  + "  "
                  + kind.label()
                  + " "
                  + count);
        }
      }
    }
    if (!lines.isEmpty()) {
      notices.warn(
          "broken contracts by pool:"
              + System.lineSeparator()
              + String.join(System.lineSeparator(), lines));
    }
  }

  private void take(Violation violation) {
    PoolIdentity pool = ledger.identityOf(violation.book());
    if (pool == null || violation.book().system().breaker().isOpen()) {
      return;
    }
    int alike = violation.takeAlike();
    List<Object> key = keyOf(violation, pool);
    Fold fold = folds.get(key);
    if (fold == null) {
      if (folds.size() >= MOST_FOLDS) {
        unfolded += 1 + alike;
        return;
      }
      fold = new Fold(ViolationText.title(violation, pool));
      folds.put(key, fold);
    }
    boolean bothSides = ViolationText.hasBothSides(violation);
    if (!fold.told || (bothSides && !fold.toldBothSides)) {
      fold.told = true;
      fold.toldBothSides |= bothSides;
      String text = ViolationText.of(violation, pool);
      notices.warn(text);
      sink.accept(event(violation, pool, text));
    } else {
      fold.more++;
    }
    fold.more += alike;
  }

  private static AgentEvent event(Violation violation, PoolIdentity pool, String text) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("poolwatch.pool.name", pool.name());
    attributes.put("poolwatch.pool.system", pool.system());
    String type = violation.objectClass();
    if (type != null) {
      attributes.put("poolwatch.pool.object.type", type);
    }
    attributes.put("poolwatch.violation", violation.kind().label());
    Sighting offence = violation.offence();
    if (offence != null) {
      attributes.put("thread.name", offence.thread());
      attributes.put("code.stacktrace", StackText.whole(offence));
    }
    Sighting before = violation.returned();
    if (before != null) {
      attributes.put("poolwatch.return.thread.name", before.thread());
      attributes.put("poolwatch.return.stacktrace", StackText.whole(before));
    }
    Sighting borrowed = violation.borrowed();
    if (borrowed != null) {
      attributes.put("poolwatch.borrow.thread.name", borrowed.thread());
      attributes.put("poolwatch.borrow.stacktrace", StackText.whole(borrowed));
    }
    Sighting removed = violation.removed();
    if (removed != null) {
      attributes.put("poolwatch.destroy.thread.name", removed.thread());
      attributes.put("poolwatch.destroy.stacktrace", StackText.whole(removed));
    }
    return new AgentEvent(
        "poolwatch.violation", text, attributes, violation.traceId(), violation.spanId());
  }

  private static List<Object> keyOf(Violation violation, PoolIdentity pool) {
    List<Object> key = new ArrayList<>();
    key.add(pool);
    key.add(violation.kind());
    Sighting offence = violation.offence();
    key.add(framesOf(offence == null ? violation.borrowed() : offence));
    return key;
  }

  private static List<StackTraceElement> framesOf(@Nullable Sighting sighting) {
    List<StackTraceElement> shown =
        sighting == null ? new ArrayList<>() : StackText.shown(sighting);
    return new ArrayList<>(shown.subList(0, Math.min(FRAMES_ALIKE, shown.size())));
  }

  private void sumUp() {
    for (Fold fold : folds.values()) {
      if (fold.more > 0) {
        notices.warn(fold.more + " more of: " + fold.title);
        fold.more = 0;
      }
    }
    long dropped = Violations.untold() + unfolded;
    if (dropped > untold) {
      notices.warn(
          (dropped - untold)
              + " broken contracts were counted and not described: too many at a time");
      untold = dropped;
    }
  }

  /** Reports that are alike. */
  private static final class Fold {
    final String title;
    boolean told;
    boolean toldBothSides;
    long more;

    Fold(String title) {
      this.title = title;
    }
  }
}
