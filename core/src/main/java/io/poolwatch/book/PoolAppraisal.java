package io.poolwatch.book;

import io.poolwatch.worth.Accrual;
import io.poolwatch.worth.Buildings;
import io.poolwatch.worth.Prices;
import io.poolwatch.worth.Usage;

/**
 * What is known of the pools of one name to judge whether they are worth having: their figures, and
 * what lies behind {@link PoolSnapshot#worth}. Times in nanoseconds, NaN where not known.
 * Immutable.
 */
public final class PoolAppraisal {
  private final PoolSnapshot figures;
  private final long weighed;
  private final double bytes;
  private final long timed;
  private final long loading;
  private final double shortestBuilding;
  private final double building;
  private final double size;
  private final double meanBorrow;
  private final double fastestBorrow;
  private final int windows;
  private final long looks;
  private final long mostSeen;
  private final long mostPossible;
  private final long mostAtMiss;

  PoolAppraisal(PoolSnapshot figures, Accrual accrual, Usage usage, long mostAtMiss) {
    this.figures = figures;
    Buildings buildings = accrual.buildings();
    weighed = buildings.weighed();
    bytes = buildings.bytes();
    timed = buildings.timed();
    loading = buildings.loading();
    shortestBuilding = buildings.shortestNanos();
    Prices prices = Prices.current();
    building = prices == null ? Double.NaN : buildings.hotNanos(prices);
    size = buildings.size();
    meanBorrow = accrual.meanBorrow();
    fastestBorrow = accrual.fastestBorrow();
    windows = usage.windows();
    looks = usage.looks();
    mostSeen = usage.mostSeen();
    mostPossible = usage.mostPossible();
    this.mostAtMiss = mostAtMiss;
  }

  /** The figures. */
  public PoolSnapshot figures() {
    return figures;
  }

  /** Buildings of which the bytes are known. */
  public long weighed() {
    return weighed;
  }

  /** Bytes that building one allocates, on average. */
  public double bytes() {
    return bytes;
  }

  /** Buildings of which the time is known. */
  public long timed() {
    return timed;
  }

  /** Buildings that say nothing, because classes were loaded meanwhile. */
  public long loading() {
    return loading;
  }

  /** The fastest building. */
  public double shortestBuilding() {
    return shortestBuilding;
  }

  /** A building where it is done all the time. */
  public double building() {
    return building;
  }

  /** Bytes of one object, on average. */
  public double size() {
    return size;
  }

  /** A borrow that built nothing, clock included, where such are timed. */
  public double meanBorrow() {
    return meanBorrow;
  }

  /** The fastest such borrow lately. */
  public double fastestBorrow() {
    return fastestBorrow;
  }

  /** Windows of time that {@link #mostSeen} is over. */
  public int windows() {
    return windows;
  }

  /** How often it was looked how many are in use. */
  public long looks() {
    return looks;
  }

  /** The most in use at once that was seen. */
  public long mostSeen() {
    return mostSeen;
  }

  /** What no peak in between exceeded, or {@link Usage#UNBOUNDED}. */
  public long mostPossible() {
    return mostPossible;
  }

  /**
   * The most in use at once lately when a borrow missed, in each pool of the name, added up; 0
   * where that is not known.
   */
  public long mostAtMiss() {
    return mostAtMiss;
  }
}
