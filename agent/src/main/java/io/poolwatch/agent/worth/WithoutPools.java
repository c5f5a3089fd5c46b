package io.poolwatch.agent.worth;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.PoolSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the service allocates, and how often its young generation is collected, with its pools and
 * as it would be without. A young collection is due after so many bytes, pools or not; and what
 * building anew would allocate is what the pools avoided. No state.
 */
final class WithoutPools {
  private static final double MEGA = 1e6;

  private WithoutPools() {}

  /**
   * The table, line by line; empty if too little is known.
   *
   * @param first the reading at the time of the first figures
   * @param before the figures then
   */
  static List<String> lines(
      HeapReading first, HeapReading last, List<PoolSnapshot> before, List<PoolSnapshot> now) {
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
    lines.add(row("hit rate, %", figure(100.0 * sum.hits / sum.borrows), "-"));
    if (sum.unknown > 0) {
      lines.add(
          "without: " + sum.unknown + " pools of which no building was measured are left out");
    }
    return lines;
  }

  private static String row(String name, String with, String without) {
    return String.format(Locale.ROOT, "%-28s%12s%12s", name, with, without);
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Over all pools. */
  private static final class Sum {
    long avoided;
    long hits;
    long borrows;
    int unknown;

    void add(List<PoolSnapshot> pools, int sign) {
      for (PoolSnapshot pool : pools) {
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
