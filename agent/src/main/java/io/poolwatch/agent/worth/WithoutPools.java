package io.poolwatch.agent.worth;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the service allocates, and how often its young generation is collected, with its pools and
 * as it would be without. A young collection is due after so many bytes, pools or not; and what
 * building anew would allocate is what the pools avoided. What is promoted with them but is not
 * theirs would be without them, and sooner, as there would be more collections; how long the
 * objects built anew would live is not known, so that is all that can be said. No state.
 */
final class WithoutPools {
  private static final double MEGA = 1e6;
  private static final double LEAST_SHOWN = 0.0005;
  private static final String AT_LEAST = "at least ";

  private WithoutPools() {}

  /**
   * The table, line by line; empty if too little is known.
   *
   * @param first the reading at the time of the first figures
   * @param before the figures then
   */
  static List<String> lines(
      HeapReading first, HeapReading last, List<PoolAppraisal> before, List<PoolAppraisal> now) {
    List<String> lines = new ArrayList<>();
    double seconds = last.secondsSince(first);
    long allocated = last.allocatedSince(first);
    Sum sum = new Sum();
    sum.add(now, 1);
    sum.add(before, -1);
    if (seconds < 1 || allocated <= 0 || sum.borrows == 0) {
      return lines;
    }
    double more = (double) (allocated + sum.avoided) / allocated;
    double rate = allocated / seconds / MEGA;
    lines.add(row("", "with pools", "without"));
    lines.add(row("allocation, MB/s", figure(rate), figure(rate * more)));
    long young = last.youngSince(first);
    if (young > 0) {
      double aMinute = young * 60 / seconds;
      lines.add(row("young collections a minute", figure(aMinute), figure(aMinute * more)));
    }
    long promoted = last.promotedSince(first);
    if (promoted >= 0) {
      String least = last.isPromotedMore() ? AT_LEAST : "";
      double others = Math.max(0, promoted - promoted(before, now)) / seconds / MEGA;
      lines.add(
          row(
              "promotion, MB/s",
              least + figure(promoted / seconds / MEGA),
              others >= LEAST_SHOWN ? AT_LEAST + figure(others) : "-"));
    }
    lines.add(row("hit rate, %", figure(100.0 * sum.hits / sum.borrows), "-"));
    if (sum.unknown > 0) {
      lines.add(
          "without: " + sum.unknown + " pools of which no building was measured are left out");
    }
    return lines;
  }

  /** Bytes of pooled objects that were promoted, with all that was allocated for each; or NaN. */
  private static double promoted(List<PoolAppraisal> before, List<PoolAppraisal> now) {
    Map<PoolIdentity, Long> earlier = new HashMap<>();
    for (PoolAppraisal pool : before) {
      earlier.put(pool.figures().identity(), pool.figures().tally().promotions());
    }
    double sum = 0;
    for (PoolAppraisal pool : now) {
      if (!pool.figures().knowsTenured()) {
        return Double.NaN;
      }
      long objects =
          pool.figures().tally().promotions() - earlier.getOrDefault(pool.figures().identity(), 0L);
      // An object may have grown in use. NaN where it is not known what was allocated.
      double size = pool.size() > pool.bytes() ? pool.size() : pool.bytes();
      sum += objects <= 0 ? 0 : objects * size;
    }
    return sum;
  }

  private static String row(String name, String with, String without) {
    return String.format(Locale.ROOT, "%-28s%18s%18s", name, with, without);
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value >= LEAST_SHOWN && value < 1 ? "%.3f" : "%.1f", value);
  }

  /** Over all pools. */
  private static final class Sum {
    long avoided;
    long hits;
    long borrows;
    int unknown;

    void add(List<PoolAppraisal> pools, int sign) {
      for (PoolAppraisal each : pools) {
        PoolSnapshot pool = each.figures();
        long ofPool = pool.worth().allocationAvoided();
        long ofHits = pool.tally().borrows(BorrowOutcome.HIT);
        avoided += sign * Math.max(0, ofPool);
        hits += sign * ofHits;
        borrows += sign * pool.tally().borrowsOfPool();
        unknown += sign > 0 && ofPool < 0 && ofHits > 0 ? 1 : 0;
      }
    }
  }
}
