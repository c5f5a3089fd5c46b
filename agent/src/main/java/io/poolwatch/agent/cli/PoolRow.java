package io.poolwatch.agent.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pool did between two moments, and how it was at the later one. Immutable. */
final class PoolRow {
  private final PoolFigures now;
  private final @Nullable PoolFigures before;
  private final double seconds;

  /**
   * A row.
   *
   * @param before null if the pool was not there then, or all since its start is meant
   * @param seconds between the two
   */
  PoolRow(@Nullable PoolFigures before, PoolFigures now, double seconds) {
    this.before = before;
    this.now = now;
    this.seconds = seconds;
  }

  /** The pool as it is. */
  PoolFigures now() {
    return now;
  }

  String name() {
    return now.name();
  }

  /** Counts by kind in between. */
  Map<String, Double> counts(String member) {
    Map<String, Double> counts = new LinkedHashMap<>(now.counts(member));
    if (before != null) {
      before.counts(member).forEach((kind, count) -> counts.merge(kind, -count, Double::sum));
    }
    counts.replaceAll((kind, count) -> Math.max(0, count));
    return counts;
  }

  private double sum(String member) {
    double sum = 0;
    for (double each : counts(member).values()) {
      sum += each;
    }
    return sum;
  }

  double borrows() {
    return sum("borrows");
  }

  double borrowsPerSecond() {
    return perSecond(borrows());
  }

  double perSecond(double count) {
    return seconds > 0 ? count / seconds : PoolFigures.UNKNOWN;
  }

  /**
   * Of a hundred borrows; not known if there was none. What poolwatch's own experiment served by
   * plain creation is left out, and what its quarantine kept back counts as served.
   */
  double hitPercent() {
    Map<String, Double> misses = counts("misses");
    double all = borrows() - misses.getOrDefault("experiment", 0.0);
    Double hits = counts("borrows").get("hit");
    return all > 0 && hits != null
        ? 100 * (hits + misses.getOrDefault("quarantine", 0.0)) / all
        : PoolFigures.UNKNOWN;
  }

  /** The cause of most misses; null if there was none. */
  @Nullable String mainCause() {
    String main = null;
    double most = 0;
    for (Map.Entry<String, Double> each : counts("misses").entrySet()) {
      if (each.getValue() > most) {
        most = each.getValue();
        main = each.getKey();
      }
    }
    return main;
  }

  double idle() {
    return now.number("idle");
  }

  double used() {
    return now.number("used");
  }

  double limit() {
    return now.number("total_limit");
  }

  /** What 99 of 100 borrows of the last minute or two did not exceed, in seconds. */
  double borrowP99() {
    return now.durations("borrow_duration", "latest").number("p99");
  }

  /** Objects that are in the old generation. */
  double tenured() {
    return now.number("tenured.idle") + now.number("tenured.used");
  }

  /** Broken contracts in between. */
  double violations() {
    return sum("violations");
  }

  @Nullable String collapse() {
    return now.text("collapse", "state");
  }

  /** What to do with the pool; null if nothing was found yet. */
  @Nullable String verdict() {
    String kind = now.text("verdict", "kind");
    double size = now.number("verdict.size");
    return kind == null || Double.isNaN(size) ? kind : kind + " to " + Math.round(size);
  }
}
