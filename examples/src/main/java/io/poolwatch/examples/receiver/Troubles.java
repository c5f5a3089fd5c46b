package io.poolwatch.examples.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What went wrong in a pool, in words, by what was received of the last ten seconds. */
final class Troubles {
  private static final double MISSES_WORTH_A_WORD = 0.2;
  private static final double BORROWS_TO_JUDGE_BY = 20;
  private static final double OLD_GARBAGE_WORTH_A_WORD = 20;
  private static final double SLOW_BORROW_SECONDS = 0.010;

  private static final Map<String, String> VIOLATIONS =
      Map.of(
          "use_after_return", "used after it was given back",
          "write_after_return", "written after it was given back",
          "double_return", "given back twice",
          "foreign_return", "given back to another pool",
          "use_after_destroy", "used after it was destroyed",
          "leak", "never given back",
          "overdue", "held far longer than usual",
          "validate_destroy_race", "validated while destroyed",
          "unbuilt_use", "used before it was built");

  private static final Map<String, String> CAUSES =
      Map.of(
          "cold", "more in use than before",
          "fragmented", "idle ones are under other keys or threads",
          "capacity", "removed for want of room",
          "evicted", "evicted while idle",
          "invalid", "failed validation",
          "abandoned", "removed as abandoned",
          "cleared", "the pool was cleared",
          "owner_gone", "their thread has ended",
          "not_admitted", "the pool never takes them back",
          "disabled", "the pool keeps nothing");

  private final PoolFigures pool;
  private final List<String> words = new ArrayList<>();

  private Troubles(PoolFigures pool) {
    this.pool = pool;
  }

  /** The troubles of a pool, the worst first; empty if there are none. */
  static List<String> of(PoolFigures pool) {
    Troubles troubles = new Troubles(pool);
    troubles.violations();
    troubles.borrowsThatFailed();
    troubles.returnsThatFailed();
    troubles.misses();
    troubles.oldGarbage();
    troubles.slowness();
    return troubles.words;
  }

  private void violations() {
    pool.totals("poolwatch.violations", "poolwatch.violation")
        .forEach(
            (kind, count) ->
                words.add(Numbers.count(count) + " × " + VIOLATIONS.getOrDefault(kind, kind)));
  }

  private void borrowsThatFailed() {
    double limit = pool.total("poolwatch.object.limit", "poolwatch.state", "total");
    if (limit > 0 && pool.total("poolwatch.object.count", "poolwatch.state", "used") >= limit) {
      words.add("all " + Numbers.count(limit) + " are in use");
    }
    recent("poolwatch.borrows", "poolwatch.outcome", "exhausted", "borrows found none free");
    recent("poolwatch.borrows", "poolwatch.outcome", "error", "borrows failed");
  }

  private void returnsThatFailed() {
    double unexplained =
        pool.recent("poolwatch.returns", "poolwatch.outcome", "rejected")
            - pool.recent("poolwatch.violations", "poolwatch.violation", "double_return")
            - pool.recent("poolwatch.violations", "poolwatch.violation", "foreign_return");
    if (unexplained > 0) {
      words.add(
          Numbers.count(unexplained)
              + " returns refused: not lent (any more), such as given back twice in 10 s");
    }
    recent(
        "poolwatch.object.removed",
        "poolwatch.reason",
        "invalidated",
        "thrown out by their users as broken");
    recent("poolwatch.validations", "poolwatch.outcome", "invalid", "failed validation");
  }

  private void misses() {
    double borrows = pool.recent("poolwatch.borrows");
    double misses = pool.recent("poolwatch.borrows", "poolwatch.outcome", "miss");
    if (borrows < BORROWS_TO_JUDGE_BY || misses < borrows * MISSES_WORTH_A_WORD) {
      return;
    }
    String missed = Numbers.percent(misses, borrows) + " % of borrows make a new object";
    words.add(
        pool.recents("poolwatch.misses", "poolwatch.cause").entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(top -> CAUSES.getOrDefault(top.getKey(), ""))
            .filter(cause -> !cause.isEmpty())
            .map(cause -> missed + ": " + cause)
            .orElse(missed));
    double removed = pool.recent("poolwatch.object.removed");
    if (removed >= misses / 2) {
      words.add(
          Numbers.count(removed)
              + " objects thrown away in 10 s, most: "
              + Numbers.top(pool.recents("poolwatch.object.removed", "poolwatch.reason")));
    }
  }

  private void oldGarbage() {
    double removed = pool.recent("poolwatch.tenured.removed");
    if (removed >= OLD_GARBAGE_WORTH_A_WORD) {
      words.add(Numbers.count(removed) + " became garbage of the old generation in 10 s");
    }
  }

  private void slowness() {
    pool.recentMean("poolwatch.borrow.duration")
        .ifPresent(
            seconds -> {
              if (seconds >= SLOW_BORROW_SECONDS) {
                words.add(
                    String.format(
                        Locale.ROOT, "a borrow takes %.0f ms on average", seconds * 1_000));
              }
            });
  }

  private void recent(String metric, String attribute, String value, String what) {
    double count = pool.recent(metric, attribute, value);
    if (count > 0) {
      words.add(Numbers.count(count) + " " + what + " in 10 s");
    }
  }
}
