package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The most objects of a pool that were in use at a time, lately: it comes down by half of the
 * difference to what is in use every ten minutes. A borrow that needs more than that could have
 * been served by no pool that was not filled ahead. Thread-safe.
 */
final class HighWater {
  /** In which it comes down by half of the difference, in nanoseconds. */
  static final long HALF_LIFE_NANOS = 600_000_000_000L;

  private static final AtomicIntegerFieldUpdater<HighWater> MARK =
      AtomicIntegerFieldUpdater.newUpdater(HighWater.class, "mark");

  private volatile int mark;

  /** The fraction of an object that the mark has come down by, and is not rounded yet. */
  private double pending;

  /** So many are in use now; whether that is more than lately. */
  boolean raise(int used) {
    while (true) {
      int most = mark;
      if (used <= most) {
        return false;
      }
      if (MARK.compareAndSet(this, most, used)) {
        return true;
      }
    }
  }

  /** The mark. */
  int mark() {
    return mark;
  }

  /** Some time has passed, in which so many were in use at least. One caller at a time. */
  void decay(int used, long nanos) {
    int most = mark;
    if (most <= used) {
      pending = 0;
      return;
    }
    double fallen = pending + (most - used) * (1 - Math.pow(0.5, (double) nanos / HALF_LIFE_NANOS));
    int whole = (int) fallen;
    pending = fallen - whole;
    if (whole > 0 && !MARK.compareAndSet(this, most, most - whole)) {
      pending = 0; // it was raised in between
    }
  }
}
