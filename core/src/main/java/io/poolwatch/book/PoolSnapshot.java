package io.poolwatch.book;

import io.poolwatch.worth.Worth;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one pool name at one time; those of several pools of that name added up, and of
 * pools that are gone. Immutable once published: the tally is never changed after construction.
 */
public final class PoolSnapshot {
  private final PoolIdentity identity;
  private final PoolSystem system;
  private final Tally tally;
  private final int pools;
  private final long idleLimit;
  private final long totalLimit;
  private final @Nullable Double hitRatio;
  private final Worth worth;
  private final boolean knowsTenured;

  PoolSnapshot(
      PoolIdentity identity,
      PoolSystem system,
      Tally tally,
      int pools,
      long idleLimit,
      long totalLimit,
      @Nullable Double hitRatio,
      Worth worth,
      boolean knowsTenured) {
    this.identity = identity;
    this.system = system;
    this.tally = tally;
    this.pools = pools;
    this.idleLimit = idleLimit;
    this.totalLimit = totalLimit;
    this.hitRatio = hitRatio;
    this.worth = worth;
    this.knowsTenured = knowsTenured;
  }

  /** Which pool. */
  public PoolIdentity identity() {
    return identity;
  }

  /** What such a pool can do at all: which zeros to report. */
  public PoolSystem system() {
    return system;
  }

  /** The counts. Not to be changed. */
  public Tally tally() {
    return tally;
  }

  /** How many pools of this name exist now. */
  public int pools() {
    return pools;
  }

  /**
   * Sum of the pools' idle limits, or {@link PoolBook#UNLIMITED} if one has none or none exists.
   */
  public long idleLimit() {
    return idleLimit;
  }

  /**
   * Sum of the pools' total limits, or {@link PoolBook#UNLIMITED} if one has none or none exists.
   */
  public long totalLimit() {
    return totalLimit;
  }

  /**
   * Whether it is known which objects lie in the old generation. If not, the tally's figures about
   * that are not to be reported.
   */
  public boolean knowsTenured() {
    return knowsTenured;
  }

  /** Hits over borrows in the last full minute, from 0 to 1; null if nothing was borrowed in it. */
  public @Nullable Double hitRatio() {
    return hitRatio;
  }

  /** What the pool saved, cost and holds. */
  public Worth worth() {
    return worth;
  }
}
