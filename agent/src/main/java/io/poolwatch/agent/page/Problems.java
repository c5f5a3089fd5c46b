package io.poolwatch.agent.page;

import io.poolwatch.agent.collapse.Remedies;
import io.poolwatch.agent.history.Histories;
import io.poolwatch.agent.state.PoolState;
import io.poolwatch.agent.violation.ViolationText;
import io.poolwatch.agent.worth.Figures;
import io.poolwatch.agent.worth.Verdict;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.collapse.CollapseState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what is wrong in what is known of the pools; judges by no other rules than the agent's. */
final class Problems {
  /** Borrows below which a hit rate says nothing. */
  private static final long LEAST_BORROWS = 1_000;

  /** Above this share of misses a pool is named for what they cost. */
  private static final double MANY_MISSES = 0.1;

  private static final long MANY_OLD = 500;

  private final List<Problem> found = new ArrayList<>();
  private final Journal journal;
  private final Histories histories;
  private final double seconds;

  private Problems(Journal journal, Histories histories, double seconds) {
    this.journal = journal;
    this.histories = histories;
    this.seconds = seconds;
  }

  /**
   * What is wrong, the worst first.
   *
   * @param seconds how long the pools have been watched
   */
  static List<Problem> of(
      List<PoolState> pools, Journal journal, Histories histories, double seconds) {
    Problems problems = new Problems(journal, histories, seconds);
    for (PoolState pool : pools) {
      problems.violations(pool);
      boolean collapsed = problems.collapse(pool);
      problems.findings(pool);
      boolean missing = !collapsed && problems.misses(pool);
      problems.oldGarbage(pool);
      problems.worth(pool, collapsed || missing);
    }
    problems.found.sort(Problem.BY_COST);
    return problems.found;
  }

  /** All pools: those with problems first, in the order of these, then those that are used most. */
  static List<PoolState> inOrder(List<PoolState> pools, List<Problem> problems) {
    Set<PoolState> order = new LinkedHashSet<>();
    for (Problem problem : problems) {
      order.add(problem.pool());
    }
    List<PoolState> busiest = new ArrayList<>(pools);
    busiest.sort(
        Comparator.comparingLong((PoolState pool) -> pool.figures().tally().borrows()).reversed());
    order.addAll(busiest);
    return new ArrayList<>(order);
  }

  private void violations(PoolState pool) {
    for (ViolationKind kind : ViolationKind.values()) {
      long count = pool.figures().tally().violations(kind);
      if (count > 0) {
        found.add(
            new Problem(
                Problem.Weight.BROKEN,
                pool,
                kind.label(),
                kind.label().replace('_', ' ') + ", " + Figures.count(count) + " times",
                ViolationText.sentence(kind),
                wayOut(kind),
                0,
                0,
                count));
      }
    }
  }

  private boolean collapse(PoolState pool) {
    CollapseReading reading = pool.collapse();
    if (reading == null || reading.state() != CollapseState.COLLAPSED) {
      return false;
    }
    List<Told> told = journal.about(identity(pool), Told.Topic.COLLAPSE);
    String text = told.isEmpty() ? "" : told.get(told.size() - 1).text();
    String[] lines = text.isEmpty() ? new String[0] : text.split("\\R", -1);
    String wayOut = "";
    StringBuilder detail = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.startsWith("way out: ")) {
        wayOut = line.substring("way out: ".length());
      } else {
        // Which pool it is stands above it.
        int figures = i == 0 ? line.lastIndexOf(": hit rate ") : -1;
        detail
            .append(detail.length() == 0 ? "" : "; ")
            .append(figures < 0 ? line : line.substring(figures + 2));
      }
    }
    found.add(
        new Problem(
            Problem.Weight.COLLAPSED,
            pool,
            "collapse",
            "the hit rate has collapsed",
            detail.toString(),
            wayOut,
            missCost(pool),
            0,
            1));
    return true;
  }

  private void findings(PoolState pool) {
    for (Told told : journal.about(identity(pool), Told.Topic.FINDING)) {
      String detail = "";
      String wayOut = "";
      for (String line : told.text().split("\\R", -1)) {
        if (line.startsWith("  seen: ")) {
          detail = line.substring("  seen: ".length());
        } else if (line.startsWith("  way out: ")) {
          wayOut = line.substring("  way out: ".length());
        }
      }
      found.add(
          new Problem(
              Problem.Weight.COSTLY,
              pool,
              told.kind(),
              told.kind().replace('_', ' '),
              detail,
              wayOut,
              0,
              0,
              1));
    }
  }

  private boolean misses(PoolState pool) {
    Tally tally = pool.figures().tally();
    long borrows = tally.borrowsOfPool();
    long misses = missesOfPool(tally);
    if (borrows < LEAST_BORROWS || misses < borrows * MANY_MISSES) {
      return false;
    }
    MissCause top = topCause(tally);
    found.add(
        new Problem(
            Problem.Weight.COSTLY,
            pool,
            "misses",
            Words.percent(misses, borrows) + " of the borrows found nothing",
            Words.percent(tally.misses(top), misses)
                + " of them "
                + top.label()
                + ": "
                + Remedies.meaning(top),
            Remedies.wayOut(top),
            missCost(pool),
            0,
            misses));
    return true;
  }

  private static MissCause topCause(Tally tally) {
    MissCause top = MissCause.OTHER;
    for (MissCause cause : MissCause.values()) {
      boolean own = cause == MissCause.QUARANTINE || cause == MissCause.EXPERIMENT;
      if (!own && tally.misses(cause) > tally.misses(top)) {
        top = cause;
      }
    }
    return top;
  }

  /** Time that building what was missing takes in a second; NaN where it is not known. */
  private double missCost(PoolState pool) {
    Tally tally = pool.figures().tally();
    long hits = tally.borrows(BorrowOutcome.HIT);
    double building = hits == 0 ? Double.NaN : pool.figures().worth().nanosSaved() / hits;
    return building * missesOfPool(tally) / 1e9 / seconds;
  }

  /** Without those that poolwatch makes itself: they are no fault of the pool's. */
  private static long missesOfPool(Tally tally) {
    return tally.borrows(BorrowOutcome.MISS)
        - tally.misses(MissCause.QUARANTINE)
        - tally.misses(MissCause.EXPERIMENT);
  }

  private void oldGarbage(PoolState pool) {
    PoolSnapshot figures = pool.figures();
    Tally tally = figures.tally();
    if (!figures.knowsTenured()
        || tally.tenuredRemoved() < MANY_OLD
        || tally.tenuredRemoved() * 10 < tally.created()) {
      return;
    }
    double bytes = tally.tenuredRemoved() * histories.objectBytes(figures.identity());
    found.add(
        new Problem(
            Problem.Weight.COSTLY,
            pool,
            "old_garbage",
            "makes garbage in the old generation",
            Figures.count(tally.tenuredRemoved())
                + " of "
                + Figures.count(tally.created())
                + " objects made were thrown away after they had been promoted"
                + (Double.isNaN(bytes) ? "" : ", about " + Figures.bytes(bytes))
                + ", which only a collection of the old generation frees",
            "lend for a shorter time, keep what comes back instead of throwing it away, or do"
                + " without the pool",
            0,
            bytes,
            tally.tenuredRemoved()));
  }

  /** A pool that is too small is not told twice, for its misses and for its size. */
  private void worth(PoolState pool, boolean missesTold) {
    Verdict verdict = pool.verdict();
    if (verdict == null || (missesTold && verdict.kind() == Verdict.Kind.GROW)) {
      return;
    }
    double paid = pool.figures().worth().nanosPaid() / 1e9 / seconds;
    switch (verdict.kind()) {
      case DROP:
        add(pool, verdict, "is not worth having", "build objects anew instead", paid, 0);
        break;
      case SHRINK:
        double spare =
            Math.max(0, histories.mostSeen(identity(pool)) - verdict.size())
                * histories.objectBytes(identity(pool));
        add(
            pool,
            verdict,
            "holds more than it needs",
            "let it keep " + Figures.count(verdict.size()) + " objects",
            0,
            spare);
        break;
      case GROW:
        add(
            pool,
            verdict,
            "is too small",
            "let it keep " + Figures.count(verdict.size()) + " objects",
            missCost(pool),
            0);
        break;
      default:
    }
  }

  private void add(
      PoolState pool, Verdict verdict, String title, String wayOut, double core, double bytes) {
    found.add(
        new Problem(
            Problem.Weight.COSTLY,
            pool,
            verdict.kind().label(),
            title,
            verdict.reason(),
            wayOut,
            core,
            bytes,
            1));
  }

  private static PoolIdentity identity(PoolState pool) {
    return pool.figures().identity();
  }

  /** What to do about a broken contract; the reports show where. */
  private static String wayOut(ViolationKind kind) {
    switch (kind) {
      case DOUBLE_RETURN:
        return "give each object back once: the reports show both returns";
      case FOREIGN_RETURN:
        return "give objects back to the pool that they were borrowed from";
      case USE_AFTER_RETURN:
      case WRITE_AFTER_RETURN:
        return "let go of an object before it is given back: the reports show who did not";
      case USE_AFTER_DESTROY:
        return "do not use what was invalidated, or what the pool closed";
      case VALIDATE_DESTROY_RACE:
        return "do not invalidate, or clear, what another thread is working on";
      case UNBUILT_USE:
        return "let the factory make a new object each time";
      case LEAK:
        return "give back in a finally block, or by try-with-resources";
      case OVERDUE:
        return "look what the borrower waits for, or whether it forgot to give back";
    }
    throw new AssertionError(kind);
  }
}
