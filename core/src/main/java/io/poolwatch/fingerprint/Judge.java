package io.poolwatch.fingerprint;

import io.poolwatch.book.Companion;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides for one pool whether a difference is believed. Objects of some classes change by
 * themselves: a thread of their own counts, a callback notes the time. A pool whose objects are
 * found changed too often is set aside for good. Arrays, buffers and string builders have no
 * threads: what changes them is always a write, and is believed at once. Thread-safe, without a
 * lock.
 */
final class Judge implements Companion {
  /** Comparisons before anything is believed; what is found until then waits for them. */
  static final int TRIAL = 20;

  /** One difference in so many comparisons is too much. */
  static final int TOO_OFTEN = 10;

  private static final int DIFFERENT_SHIFT = 32;
  private static final long COMPARED = (1L << DIFFERENT_SHIFT) - 1;

  /** Findings that wait for the end of the trial. */
  private final Queue<Finding> held = new ConcurrentLinkedQueue<>();

  /** Comparisons, and above them how many found a difference. */
  private final AtomicLong counts = new AtomicLong();

  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean aside;

  /** Whether nothing is compared any more. */
  boolean isAside() {
    return aside;
  }

  /** An object was as before. Gives what is to be believed now. */
  List<Finding> same() {
    return verdict(counts.incrementAndGet());
  }

  /** An object was not. Gives what is to be believed now. */
  List<Finding> differs(Finding finding) {
    held.add(finding);
    return verdict(counts.addAndGet((1L << DIFFERENT_SHIFT) + 1));
  }

  private List<Finding> verdict(long now) {
    long compared = now & COMPARED;
    if (aside || compared < TRIAL) {
      return List.of();
    }
    if ((now >>> DIFFERENT_SHIFT) * TOO_OFTEN > compared) {
      aside = true;
      held.clear();
      return List.of();
    }
    if (held.isEmpty()) {
      return List.of();
    }
    List<Finding> believed = new ArrayList<>();
    Finding each;
    while ((each = held.poll()) != null) {
      believed.add(each);
    }
    return believed;
  }

  /** Whether the caller is the one to say that the pool was set aside. */
  boolean tellOnce() {
    return told.compareAndSet(false, true);
  }

  /** The share of differences, of 100. */
  long percent() {
    long now = counts.get();
    long compared = now & COMPARED;
    return compared == 0 ? 0 : 100 * (now >>> DIFFERENT_SHIFT) / compared;
  }
}
