package io.poolwatch.agent.report;

import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lays pools out in aligned columns, within 120 characters, the busiest first. */
public final class PoolTable {
  private static final int NAME_WIDTH = 36;
  private static final int TOP_REASONS = 2;
  private static final int MAX_ROWS = 50;
  private static final List<String> HEAD =
      Arrays.asList(
          "pool", "system", "borrows", "hit %", "idle", "used", "waiting", "created", "removed");

  private PoolTable() {}

  /**
   * The lines of the table, without line ends.
   *
   * @param pools what to show; if empty, so is the result
   */
  public static List<String> lines(List<PoolSnapshot> pools) {
    List<String> lines = new ArrayList<>();
    if (pools.isEmpty()) {
      return lines;
    }
    List<PoolSnapshot> busiest = new ArrayList<>(pools);
    busiest.sort(
        Comparator.comparingLong((PoolSnapshot pool) -> pool.tally().borrows()).reversed());
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    busiest.stream().limit(MAX_ROWS).map(PoolTable::row).forEach(rows::add);
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      lines.add(line(row, widths));
    }
    if (busiest.size() > MAX_ROWS) {
      lines.add("… and " + (busiest.size() - MAX_ROWS) + " more pools with fewer borrows");
    }
    return lines;
  }

  private static List<String> row(PoolSnapshot pool) {
    Tally tally = pool.tally();
    return Arrays.asList(
        PlainText.clip(pool.identity().name(), NAME_WIDTH),
        PlainText.clip(pool.system().id(), 14),
        count(tally.borrows()),
        percent(tally),
        tally.knowsIdle() ? count(tally.idle()) : "-",
        tally.knowsUsed() ? count(tally.used()) : "-",
        pool.system().waits() ? count(tally.pending()) : "-",
        count(tally.created()),
        removed(tally));
  }

  private static String percent(Tally tally) {
    long borrows = tally.borrowsOfPool();
    if (borrows == 0) {
      return "-";
    }
    long hits = tally.hitsOrQuarantined();
    // Rounded down: 100.0 is shown for no miss at all, and for nothing else.
    double tenths = Math.floor(1000.0 * hits / borrows);
    return String.format(Locale.ROOT, "%.1f", tenths / 10);
  }

  /** The sum, and the most frequent reasons. */
  private static String removed(Tally tally) {
    List<RemovalReason> reasons =
        Arrays.stream(RemovalReason.values())
            .filter(reason -> tally.removed(reason) > 0)
            .sorted(Comparator.comparingLong((RemovalReason r) -> tally.removed(r)).reversed())
            .collect(Collectors.toList());
    if (reasons.isEmpty()) {
      return "0";
    }
    if (reasons.size() == 1) {
      return count(tally.removed()) + " " + reasons.get(0).label();
    }
    String top =
        reasons.stream()
            .limit(TOP_REASONS)
            .map(reason -> reason.label() + " " + count(tally.removed(reason)))
            .collect(Collectors.joining(", "));
    return count(tally.removed()) + " (" + top + (reasons.size() > TOP_REASONS ? ", …)" : ")");
  }

  /** All digits up to a million, then three or four significant ones. */
  static String count(long value) {
    if (value < 1_000_000) {
      return Long.toString(value);
    }
    if (value < 1_000_000_000) {
      return String.format(Locale.ROOT, "%.2fM", Math.floor(value / 1e4) / 100);
    }
    return String.format(Locale.ROOT, "%.2fG", Math.floor(value / 1e7) / 100);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    int last = widths.length - 1;
    for (int i = 0; i <= last; i++) {
      String cell = row.get(i);
      boolean text = i < 2 || i == last;
      if (text) {
        line.append(cell);
      }
      if (i < last) {
        line.append(" ".repeat(widths[i] - cell.length()));
      }
      if (!text) {
        line.append(cell);
      }
      if (i < last) {
        line.append("  ");
      }
    }
    return line.toString();
  }
}
