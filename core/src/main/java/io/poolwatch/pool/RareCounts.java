package io.poolwatch.pool;

/** Counts what is not counted by a place where objects lie: misses, errors and drops. */
interface RareCounts {

  /**
   * Adds one.
   *
   * @param cell which count, of {@link Cells}
   */
  void count(int cell);
}
