package io.poolwatch.agent.report;

import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Says of each pool, in one line, what of it came into the old generation and what became of that;
 * the pool with most of it first.
 */
final class OldGeneration {
  private static final int NAME_WIDTH = 36;
  private static final int MAX_ROWS = 20;

  private OldGeneration() {}

  /**
   * The lines, without line ends; none if no pool has had anything there.
   *
   * @param pools what to show
   */
  static List<String> lines(List<PoolSnapshot> pools) {
    List<String> lines = new ArrayList<>();
    List<PoolSnapshot> old = new ArrayList<>();
    boolean unknown = false;
    for (PoolSnapshot pool : pools) {
      unknown |= pool.system().tellsBirths() && !pool.knowsTenured();
      if (pool.knowsTenured() && pool.tally().promotions() > 0) {
        old.add(pool);
      }
    }
    if (old.isEmpty()) {
      if (unknown) {
        lines.add("what lies in the old generation is not known");
      }
      return lines;
    }
    old.sort(Comparator.comparingLong((PoolSnapshot pool) -> pool.tally().promotions()).reversed());
    lines.add("in the old generation:");
    old.stream().limit(MAX_ROWS).map(OldGeneration::line).forEach(lines::add);
    if (old.size() > MAX_ROWS) {
      lines.add("… and of " + (old.size() - MAX_ROWS) + " more pools less");
    }
    if (unknown) {
      lines.add("  of some other pools that is not known");
    }
    return lines;
  }

  private static String line(PoolSnapshot pool) {
    Tally tally = pool.tally();
    return "  "
        + PlainText.clip(pool.identity().name(), NAME_WIDTH)
        + (tally.isTenuredEstimated() ? ", estimated" : "")
        + ": of "
        + PoolTable.count(tally.created())
        + " made "
        + percent(tally.promotions(), tally.created())
        + " % were promoted; now "
        + within(tally.tenuredIdleLeast(), tally.tenuredIdle(), tally.tenuredIdleMost())
        + " idle, "
        + within(tally.tenuredUsedLeast(), tally.tenuredUsed(), tally.tenuredUsedMost())
        + " used; "
        + within(tally.tenuredRemovedLeast(), tally.tenuredRemoved(), tally.tenuredRemovedMost())
        + " thrown away after promotion";
  }

  /** A count, and between what it lies if it is an estimate. */
  private static String within(long least, long count, long most) {
    String said = PoolTable.count(count);
    return least == most
        ? said
        : said + " (" + PoolTable.count(least) + " to " + PoolTable.count(most) + ")";
  }

  private static String percent(long part, long whole) {
    double percent = whole == 0 ? 0 : Math.min(100, 100.0 * part / whole);
    return percent < 0.05 ? "< 0.1" : String.format(Locale.ROOT, "%.1f", percent);
  }
}
