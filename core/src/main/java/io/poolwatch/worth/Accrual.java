package io.poolwatch.worth;

import org.jspecify.annotations.Nullable;

/**
 * Adds up what the pools of one name saved and cost. What happened since the last reading is taken
 * at the price of the moment and added; what was added is never recomputed, so no sum falls. What
 * happened before there was a price waits for the first one. One thread.
 */
public final class Accrual {
  private static final double FORGETS = 1.01;

  private final Buildings buildings = new Buildings();
  private double avoided;
  private long avoidedHits;
  private boolean anyAvoided;
  private double saved;
  private long savedHits;
  private boolean anySaved;
  private double paid;
  private long paidBorrows;
  private boolean anyPaid;
  private long borrowNanos;
  private long borrowsTimed;
  private double meanBorrow = Double.NaN;
  private double fastestBorrow = Double.NaN;

  /** What building one takes. */
  public Buildings buildings() {
    return buildings;
  }

  /** Takes the samples of one pool over. */
  public void read(Costs costs) {
    buildings.read(costs);
    borrowNanos += costs.takeBorrowNanos();
    borrowsTimed += costs.takeBorrowsTimed();
    long fastest = costs.takeFastestBorrow();
    if (fastest != Long.MAX_VALUE) {
      // What was fast long ago is forgotten by and by.
      fastestBorrow =
          Double.isNaN(fastestBorrow) ? fastest : Math.min(fastest, fastestBorrow * FORGETS);
    }
  }

  /**
   * Takes the counts over, after the samples.
   *
   * @param system of the pools
   * @param hits so far
   * @param borrows so far
   */
  public void accrue(String system, long hits, long borrows, @Nullable Prices prices) {
    double bytes = buildings.bytes();
    if (!Double.isNaN(bytes)) {
      anyAvoided = true;
      avoided += Math.max(0, hits - avoidedHits) * bytes;
      avoidedHits = Math.max(avoidedHits, hits);
    }
    if (prices == null) {
      return;
    }
    double nanos = buildings.hotNanos(prices);
    if (!Double.isNaN(nanos)) {
      anySaved = true;
      saved += Math.max(0, hits - savedHits) * nanos;
      savedHits = Math.max(savedHits, hits);
    }
    double price = borrow(system, prices);
    if (!Double.isNaN(price)) {
      anyPaid = true;
      paid += Math.max(0, borrows - paidBorrows) * price;
      paidBorrows = Math.max(paidBorrows, borrows);
    }
  }

  /**
   * Time of one borrow: from the samples where there are any, else from the loops of the prices,
   * which tell of a borrow and its return together; NaN if not known.
   */
  private double borrow(String system, Prices prices) {
    if (borrowsTimed > 0) {
      // Recent ones count more, and few of them do not throw the mean about.
      double mean = (double) borrowNanos / borrowsTimed;
      double weight = Double.isNaN(meanBorrow) ? 1 : Math.min(1, borrowsTimed / 64.0);
      meanBorrow = Double.isNaN(meanBorrow) ? mean : meanBorrow + weight * (mean - meanBorrow);
      borrowNanos = 0;
      borrowsTimed = 0;
    }
    if (!Double.isNaN(meanBorrow)) {
      return Math.max(0, meanBorrow - prices.clock());
    }
    Double pair = prices.pair(system);
    return pair == null ? Double.NaN : pair;
  }

  /** Mean time of the borrows that were timed, in nanoseconds, clock included; NaN if none was. */
  public double meanBorrow() {
    return meanBorrow;
  }

  /** The fastest borrow that was timed lately, clock included; NaN if none was. */
  public double fastestBorrow() {
    return fastestBorrow;
  }

  /** The sums so far, and what the objects take that are there now. */
  public Worth worth(long idle, long used) {
    double size = buildings.size();
    boolean known = !Double.isNaN(size);
    return new Worth(
        anyAvoided ? (long) avoided : -1,
        anySaved ? saved : Double.NaN,
        anyPaid ? paid : Double.NaN,
        known ? Math.round(idle * size) : -1,
        known ? Math.round(used * size) : -1);
  }
}
