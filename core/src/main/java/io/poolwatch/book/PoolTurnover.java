package io.poolwatch.book;

/**
 * How many pools that are made alike came and went, and how much they lent. All counts are since
 * the start, except those of pools that exist. Immutable.
 */
public final class PoolTurnover {
  private final PoolIdentity identity;
  private final PoolFacts facts;
  private final long opened;
  private final long ended;
  private final long endedWithFew;
  private final long old;
  private final long oldWithFew;

  /**
   * A reading.
   *
   * @param identity under which the first of the pools would be reported by itself
   * @param facts what is known of that first pool
   * @param opened how many were made
   * @param ended how many of them the collector took
   * @param endedWithFew how many of those had lent {@value Origin#FEW} objects at most
   * @param old how many exist that are not quite new
   * @param oldWithFew how many of those lent {@value Origin#FEW} objects at most
   */
  public PoolTurnover(
      PoolIdentity identity,
      PoolFacts facts,
      long opened,
      long ended,
      long endedWithFew,
      long old,
      long oldWithFew) {
    this.identity = identity;
    this.facts = facts;
    this.opened = opened;
    this.ended = ended;
    this.endedWithFew = endedWithFew;
    this.old = old;
    this.oldWithFew = oldWithFew;
  }

  /** Under which the first of the pools would be reported by itself. */
  public PoolIdentity identity() {
    return identity;
  }

  /** What is known of the first of them; the same object in each reading. */
  public PoolFacts facts() {
    return facts;
  }

  /** How many were made. */
  public long opened() {
    return opened;
  }

  /** How many of them the collector took. */
  public long ended() {
    return ended;
  }

  /** How many of those had lent next to nothing. */
  public long endedWithFew() {
    return endedWithFew;
  }

  /** How many exist that are older than was asked for; 0 if they are not many. */
  public long old() {
    return old;
  }

  /** How many of those lent next to nothing. */
  public long oldWithFew() {
    return oldWithFew;
  }
}
