package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * For how many objects the tracked ones of a pool, or of a share of it, stand: beyond the bound
 * that {@link Books} sets not each is tracked, and one stands for those that were made since the
 * one before. Thread-safe.
 */
class Weights {
  private static final AtomicLongFieldUpdater<Weights> STOOD_FOR =
      AtomicLongFieldUpdater.newUpdater(Weights.class, "stoodFor");
  private static final AtomicLongFieldUpdater<Weights> BEYOND =
      AtomicLongFieldUpdater.newUpdater(Weights.class, "beyond");
  private static final AtomicLongFieldUpdater<Weights> SINCE =
      AtomicLongFieldUpdater.newUpdater(Weights.class, "since");

  private volatile long stoodFor;
  private volatile long beyond;
  private volatile long since;

  /** For how many objects the one stands that is made now; 0 if it is not to be tracked. */
  final int weightOfNext() {
    if (!Books.mayTrack()) {
      BEYOND.incrementAndGet(this);
      SINCE.incrementAndGet(this);
      return 0;
    }
    long weight = 1;
    if (since != 0) {
      weight += SINCE.getAndSet(this, 0);
      if (weight > TrackedObject.MOST_WEIGHT) {
        // The next ones stand for the rest.
        SINCE.addAndGet(this, weight - TrackedObject.MOST_WEIGHT);
        weight = TrackedObject.MOST_WEIGHT;
      }
    }
    STOOD_FOR.addAndGet(this, weight);
    return (int) weight;
  }

  /** For how many objects the tracked ones stand so far. */
  final long stoodFor() {
    return stoodFor;
  }

  /**
   * How many were made since the last one that is tracked, or are more than it can stand for, so
   * that none stands for them yet.
   */
  final long notStoodFor() {
    return since;
  }

  /** How many objects were not tracked, being beyond the bound. */
  final long notTracked() {
    return beyond;
  }
}
