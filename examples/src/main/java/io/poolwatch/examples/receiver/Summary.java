package io.poolwatch.examples.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was received in all, in words and totals. */
final class Summary {
  private Summary() {}

  static List<String> lines(Received received, List<Note> notes) {
    List<String> lines = new ArrayList<>();
    List<PoolFigures> pools = received.pools();
    lines.add(
        "Received "
            + received.exports
            + " exports with "
            + received.points
            + " data points of "
            + received.series
            + " series, "
            + pools.size()
            + " pools");
    if (received.turnedAway > 0) {
      lines.add(received.turnedAway + " data points of further series were not kept");
    }
    notes.forEach(note -> lines.add(note.text));
    for (String service : received.services().keySet()) {
      List<String> collections = CollectionRates.lines(service, received, notes);
      if (!collections.isEmpty()) {
        lines.add("");
        lines.add(service + " · collections");
        lines.addAll(collections);
      }
    }
    for (PoolFigures pool : pools) {
      lines.add("");
      lines.add(pool.service() + " · " + pool.system() + " · " + pool.name());
      addPool(lines, pool);
    }
    return lines;
  }

  private static void addPool(List<String> lines, PoolFigures pool) {
    double borrows = pool.total("poolwatch.borrows");
    double hits = pool.total("poolwatch.borrows", "poolwatch.outcome", "hit");
    add(
        lines,
        "borrows",
        whole(borrows) + parts(pool.totals("poolwatch.borrows", "poolwatch.outcome")));
    add(lines, "hit rate", Numbers.percent(hits, borrows) + " %");
    addParts(lines, pool, "misses", "poolwatch.misses", "poolwatch.cause");
    addParts(lines, pool, "returns", "poolwatch.returns", "poolwatch.outcome");
    add(lines, "created", whole(pool.total("poolwatch.object.created")));
    addParts(lines, pool, "removed", "poolwatch.object.removed", "poolwatch.reason");
    addParts(lines, pool, "at the end", "poolwatch.object.count", "poolwatch.state");
    addLimits(lines, pool);
    addPromotion(lines, pool);
    addMemory(lines, pool);
    addParts(lines, pool, "violations", "poolwatch.violations", "poolwatch.violation");
  }

  private static void addParts(
      List<String> lines, PoolFigures pool, String label, String metric, String attribute) {
    if (pool.has(metric)) {
      Map<String, Double> totals = pool.totals(metric, attribute);
      add(lines, label, whole(pool.total(metric)) + parts(totals));
    }
  }

  /** Idle and in total: two limits that no sum makes sense of. */
  private static void addLimits(List<String> lines, PoolFigures pool) {
    String limits = join(pool.totals("poolwatch.object.limit", "poolwatch.state"));
    if (!limits.isEmpty()) {
      add(lines, "limits", limits);
    }
  }

  private static void addPromotion(List<String> lines, PoolFigures pool) {
    if (pool.has("poolwatch.promotions")) {
      double promoted = pool.total("poolwatch.promotions");
      add(
          lines,
          "promoted",
          whole(promoted)
              + parts(pool.totals("poolwatch.promotions", "poolwatch.promotion.kind"))
              + ", "
              + Numbers.percent(promoted, pool.total("poolwatch.object.created"))
              + " % of those created");
    }
    addParts(lines, pool, "old now", "poolwatch.tenured.count", "poolwatch.state");
    if (pool.has("poolwatch.tenured.removed")) {
      add(lines, "old garbage", whole(pool.total("poolwatch.tenured.removed")));
    }
  }

  private static void addMemory(List<String> lines, PoolFigures pool) {
    String size = "poolwatch.object.size";
    if (pool.has(size)) {
      String byState =
          pool.totals(size, "poolwatch.state").entrySet().stream()
              .map(state -> state.getKey() + " " + Numbers.bytes(state.getValue()))
              .collect(Collectors.joining(", "));
      add(
          lines,
          "holds",
          Numbers.bytes(pool.total(size)) + (byState.isEmpty() ? "" : " (" + byState + ")"));
    }
    if (pool.has("poolwatch.allocation.avoided")) {
      addAvoided(lines, pool);
    }
  }

  private static void addAvoided(List<String> lines, PoolFigures pool) {
    String avoided = "poolwatch.allocation.avoided";
    double seconds = pool.secondsSinceFirst(avoided);
    double bytes = pool.sinceFirst(avoided);
    double watched = pool.secondsSinceFirst("poolwatch.borrows");
    if (seconds < watched) {
      // Told only once a building was measured, but then for all hits since the pool's first.
      seconds = watched;
      bytes = pool.total(avoided);
    }
    if (seconds > 0) {
      add(lines, "avoided", Numbers.bytes(bytes / seconds) + " allocated a second");
    }
  }

  private static void add(List<String> lines, String label, String text) {
    lines.add(String.format(Locale.ROOT, "  %-11s %s", label, text));
  }

  private static String parts(Map<String, Double> totals) {
    return totals.isEmpty() ? "" : " (" + join(totals) + ")";
  }

  private static String join(Map<String, Double> totals) {
    return totals.entrySet().stream()
        .map(part -> part.getKey() + " " + whole(part.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String whole(double count) {
    return String.format(Locale.ROOT, "%.0f", count);
  }
}
