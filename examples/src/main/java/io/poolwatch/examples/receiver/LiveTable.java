package io.poolwatch.examples.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The pools as a table of so many columns, a row a pool, troubles beneath. Stateless. */
final class LiveTable {
  private static final int LEAST_COLUMNS = 80;
  private static final int COUNTS_WIDTH = 43;
  private static final int LEAST_REMOVED = 14;
  private static final int LONGEST_REMOVED = "9999k not_admitted".length();
  private static final String ROW = "%s %9s %6s %5s %5s %4s %7s %s";

  private final int columns;

  /** A table as wide as the terminal, at least 80 columns. */
  LiveTable(int columns) {
    this.columns = Math.max(columns, LEAST_COLUMNS);
  }

  /** The table's lines, none longer than the table is wide. */
  List<String> lines(Received received, List<String> notes) {
    List<String> lines = new ArrayList<>();
    lines.add(heading(received));
    notes.forEach(note -> lines.add(" > " + note));
    List<PoolFigures> pools = received.pools();
    if (!pools.isEmpty()) {
      lines.add(row("", "BORROWS/S", "HIT %", "IDLE", "USED", "WAIT", "CREATED", "REMOVED, MOST"));
    }
    String group = "";
    for (PoolFigures pool : pools) {
      String itsGroup = pool.service() + " · " + pool.system();
      if (!itsGroup.equals(group)) {
        lines.add(itsGroup);
        group = itsGroup;
      }
      lines.add(row(pool));
      Troubles.of(pool).forEach(trouble -> lines.add("   ! " + trouble));
    }
    lines.replaceAll(line -> Numbers.fit(line.stripTrailing(), columns));
    return lines;
  }

  private static String heading(Received received) {
    if (received.exports == 0) {
      return "Nothing received yet";
    }
    return String.format(
        Locale.ROOT,
        "%d exports, %d series, the last %.0f s ago; rates over 10 s",
        received.exports,
        received.series,
        received.lastExportAge);
  }

  private String row(PoolFigures pool) {
    double recent = pool.recent("poolwatch.borrows");
    double hits = pool.recent("poolwatch.borrows", "poolwatch.outcome", "hit");
    var rate = pool.perSecond("poolwatch.borrows");
    return row(
        " " + simpleName(pool.name()),
        rate.isPresent() ? Numbers.rate(rate.getAsDouble()) : "-",
        Numbers.percent(hits, recent),
        count(pool, "idle"),
        count(pool, "used"),
        current(pool, "poolwatch.pending_requests"),
        current(pool, "poolwatch.object.created"),
        removed(pool));
  }

  private String row(
      String name,
      String rate,
      String hits,
      String idle,
      String used,
      String waiting,
      String created,
      String removed) {
    int wider = Math.min(columns - LEAST_COLUMNS, LONGEST_REMOVED - LEAST_REMOVED);
    int width = columns - COUNTS_WIDTH - LEAST_REMOVED - wider;
    String padded = String.format(Locale.ROOT, "%-" + width + "s", Numbers.fit(name, width));
    return String.format(
        Locale.ROOT, ROW, padded, rate, hits, idle, used, waiting, created, removed);
  }

  private static String count(PoolFigures pool, String state) {
    return pool.has("poolwatch.object.count", "poolwatch.state", state)
        ? Numbers.count(pool.total("poolwatch.object.count", "poolwatch.state", state))
        : "-";
  }

  private static String current(PoolFigures pool, String metric) {
    return pool.has(metric) ? Numbers.count(pool.total(metric)) : "-";
  }

  private static String removed(PoolFigures pool) {
    if (!pool.has("poolwatch.object.removed")) {
      return "-";
    }
    String top = Numbers.top(pool.totals("poolwatch.object.removed", "poolwatch.reason"));
    return top.isEmpty() ? "0" : top;
  }

  /** Without the packages, which are the same for most and fill the column. */
  private static String simpleName(String name) {
    return name.matches("[\\w$]+(\\.[\\w$]+)+") ? name.substring(name.lastIndexOf('.') + 1) : name;
  }
}
