package io.poolwatch.pool;

/** Why a {@link ThreadLocalPool#put} did not keep its object. */
public enum DropReason {
  /** The owner's private slot and its shared queue were full. */
  FULL,
  /** The queue was in use by other threads at every try; the pool never waits for a queue. */
  CONTENDED,
  /** Debug mode dropped it on purpose ({@link ThreadLocalPool.Builder#dropPuts}). */
  DEBUG,
  /**
   * It was in the pool already; always found with {@link ThreadLocalPool.Builder#detectDoublePut},
   * else only where that costs nothing.
   */
  DOUBLE_PUT,
  /** The reset action threw. */
  RESET_FAILED,
  /** An observer tries what it would be like without the pool, and it keeps nothing meanwhile. */
  EXPERIMENT
}
