package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.LongAdder;

/**
 * One counter of a pool among the {@link ThreadCounts}, which takes its place there when it is
 * first used; what virtual threads count is in an adder beside it. Exact; thread-safe.
 */
final class ThreadCount {
  private static final int NOT_OPENED = -2;
  private static final AtomicIntegerFieldUpdater<ThreadCount> PLACE =
      AtomicIntegerFieldUpdater.newUpdater(ThreadCount.class, "place");

  private volatile int place = NOT_OPENED;
  private final LongAdder ofOthers = new LongAdder();

  /** Counts one. */
  void increment() {
    if (!ThreadCounts.add(place)) {
      incrementSlowly();
    }
  }

  private void incrementSlowly() {
    if (!isPlaced()) {
      ofOthers.increment();
    }
  }

  /** Counts one in the thread's own block, which may have to be made; false if there is none. */
  private boolean isPlaced() {
    try {
      if (place == NOT_OPENED) {
        int opened = ThreadCounts.open();
        if (!PLACE.compareAndSet(this, NOT_OPENED, opened)) {
          ThreadCounts.unused(opened);
        }
      }
      return ThreadCounts.addSlowly(place);
    } catch (OutOfMemoryError noRoom) {
      return false; // the borrow itself may need none
    }
  }

  /** What was counted so far. For readers. */
  long sum() {
    return ofOthers.sum() + ThreadCounts.sum(place);
  }

  /** Nobody counts any more; only after the last {@link #sum}. For readers. */
  void close() {
    ThreadCounts.close(place);
  }
}
