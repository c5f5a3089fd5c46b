package io.poolwatch.examples.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The table's columns: only those of which something was received, and of these as many as a
 * terminal is wide, the ones that can be missed left out first. Immutable.
 */
final class Columns {
  private static final int LEAST_NAME = 20;
  private static final int LEAST_REASON = 14;
  private static final int LONGEST_REASON = "9999k not_admitted".length();
  private static final String OLD = "OLD GENERATION";

  private final int width;
  private final List<Column> columns = new ArrayList<>();

  /** For so many characters a line, at least 80. */
  Columns(List<PoolFigures> pools, int width) {
    this.width = width;
    boolean old = pools.stream().anyMatch(pool -> pool.has("poolwatch.tenured.count"));
    boolean held = pools.stream().anyMatch(pool -> pool.has("poolwatch.object.size"));
    for (Detail detail : Detail.values()) {
      choose(detail, old, held);
      if (nameWidth() >= LEAST_NAME) {
        return;
      }
    }
  }

  /** How much is told beside the counts, the most first. */
  private enum Detail {
    WAITING_AND_REASON,
    WAITING,
    COUNTS
  }

  private void choose(Detail detail, boolean old, boolean held) {
    columns.clear();
    columns.add(
        detail == Detail.COUNTS
            ? new Column("BORR/S", 6, Columns::rate)
            : new Column("BORROWS/S", 9, Columns::rate));
    columns.add(new Column("HIT %", 5, Columns::hits));
    columns.add(new Column("IDLE", 5, pool -> inState(pool, "poolwatch.object.count", "idle")));
    columns.add(new Column("USED", 5, pool -> inState(pool, "poolwatch.object.count", "used")));
    if (detail != Detail.COUNTS) {
      columns.add(new Column("WAIT", 4, pool -> count(pool, "poolwatch.pending_requests")));
    }
    columns.add(new Column("CREATED", 7, pool -> count(pool, "poolwatch.object.created")));
    if (detail != Detail.WAITING_AND_REASON) {
      columns.add(new Column("REMOVED", 7, pool -> count(pool, "poolwatch.object.removed")));
    }
    if (old) {
      columns.add(new Column("NOW", 5, pool -> count(pool, "poolwatch.tenured.count")));
      columns.add(new Column("GARBAGE", 7, pool -> count(pool, "poolwatch.tenured.removed")));
    }
    if (held) {
      columns.add(new Column("HELD", 4, Columns::held));
    }
    if (detail == Detail.WAITING_AND_REASON) {
      int reason = Math.min(width - used() - LEAST_NAME - 1, LONGEST_REASON);
      columns.add(new Column("REMOVED, MOST", -Math.max(reason, LEAST_REASON), Columns::removed));
    }
  }

  /** One line, or two where columns have a common heading. */
  List<String> headings() {
    List<String> lines = new ArrayList<>();
    int end = nameWidth();
    for (Column column : columns) {
      end += column.space();
      if (column.heading.equals("GARBAGE")) {
        lines.add(String.format(Locale.ROOT, "%" + end + "s", OLD));
      }
    }
    lines.add(line("", column -> column.heading));
    return lines;
  }

  String row(String name, PoolFigures pool) {
    return line(name, column -> column.cell.apply(pool));
  }

  private String line(String name, Function<Column, String> cell) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(Locale.ROOT, "%-" + nameWidth() + "s", Numbers.fit(name, nameWidth())));
    for (Column column : columns) {
      line.append(String.format(Locale.ROOT, " %" + column.width + "s", cell.apply(column)));
    }
    return line.toString();
  }

  private int nameWidth() {
    return width - used();
  }

  private int used() {
    return columns.stream().mapToInt(Column::space).sum();
  }

  private static String rate(PoolFigures pool) {
    var rate = pool.perSecond("poolwatch.borrows");
    return rate.isPresent() ? Numbers.rate(rate.getAsDouble()) : "-";
  }

  private static String hits(PoolFigures pool) {
    return Numbers.percent(
        pool.recent("poolwatch.borrows", "poolwatch.outcome", "hit"),
        pool.recent("poolwatch.borrows"));
  }

  private static String inState(PoolFigures pool, String metric, String state) {
    return pool.has(metric, "poolwatch.state", state)
        ? Numbers.count(pool.total(metric, "poolwatch.state", state))
        : "-";
  }

  private static String count(PoolFigures pool, String metric) {
    return pool.has(metric) ? Numbers.count(pool.total(metric)) : "-";
  }

  private static String held(PoolFigures pool) {
    return pool.has("poolwatch.object.size")
        ? Numbers.shortBytes(pool.total("poolwatch.object.size"))
        : "-";
  }

  private static String removed(PoolFigures pool) {
    if (!pool.has("poolwatch.object.removed")) {
      return "-";
    }
    String top = Numbers.top(pool.totals("poolwatch.object.removed", "poolwatch.reason"));
    return top.isEmpty() ? "0" : top;
  }

  private static final class Column {
    final String heading;

    /** As in a format: negative where the text starts at the left. */
    final int width;

    final Function<PoolFigures, String> cell;

    Column(String heading, int width, Function<PoolFigures, String> cell) {
      this.heading = heading;
      this.width = width;
      this.cell = cell;
    }

    /** The characters it takes, the gap before it included. */
    int space() {
      return Math.abs(width) + 1;
    }
  }
}
