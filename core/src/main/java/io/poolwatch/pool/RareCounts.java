package io.poolwatch.pool;

/** Counts what is not counted by a place where objects lie. */
interface RareCounts {

  /** The factory made an object. */
  void countMiss();

  /** The factory threw or returned null. */
  void countError();

  /** A put did not keep its object. */
  void countDrop(DropReason reason);
}
