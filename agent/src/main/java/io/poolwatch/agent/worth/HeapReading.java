package io.poolwatch.agent.worth;

/**
 * What the whole JVM allocated and collected up to a moment. Negative where not known. Immutable.
 */
public final class HeapReading {
  private final long nanos;
  private final long allocated;
  private final long youngCollections;
  private final long youngMillis;
  private final long promoted;
  private final boolean promotedMore;

  /**
   * A reading.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @param allocated bytes
   * @param youngCollections collections of the young generation
   * @param youngMillis time of these collections
   * @param promoted bytes that they promoted
   * @param promotedMore whether these were more
   */
  HeapReading(
      long nanos,
      long allocated,
      long youngCollections,
      long youngMillis,
      long promoted,
      boolean promotedMore) {
    this.nanos = nanos;
    this.allocated = allocated;
    this.youngCollections = youngCollections;
    this.youngMillis = youngMillis;
    this.promoted = promoted;
    this.promotedMore = promotedMore;
  }

  double secondsSince(HeapReading before) {
    return (nanos - before.nanos) / 1e9;
  }

  /** Bytes allocated between two readings; negative if not known. */
  public long allocatedSince(HeapReading before) {
    return allocated < 0 || before.allocated < 0 ? -1 : allocated - before.allocated;
  }

  /** Young collections between two readings; negative if not known. */
  public long youngSince(HeapReading before) {
    return youngCollections < 0 ? -1 : youngCollections - before.youngCollections;
  }

  /** Bytes promoted between two readings; negative if not known. */
  long promotedSince(HeapReading before) {
    return promoted < 0 || before.promoted < 0 ? -1 : promoted - before.promoted;
  }

  /** Whether more than these may have been promoted. */
  boolean isPromotedMore() {
    return promotedMore;
  }

  /** Pauses of the young collections between two readings, in nanoseconds. */
  public long youngNanosSince(HeapReading before) {
    return youngNanos() - before.youngNanos();
  }

  /** Bytes allocated by then. */
  long allocated() {
    return allocated;
  }

  /** Young collections by then. */
  long youngCollections() {
    return youngCollections;
  }

  /** Pauses of all these collections, in nanoseconds. */
  long youngNanos() {
    return youngMillis * 1_000_000L;
  }
}
