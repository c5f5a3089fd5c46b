package io.poolwatch.fingerprint;

import io.poolwatch.book.Companion;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides for one pool whether a difference is believed. Objects of some classes change by
 * themselves: a thread of their own counts, a callback notes the time. A pool whose objects are
 * found changed too often is set aside for good. Arrays, buffers and string builders have no
 * threads: what changes them is always a write, and is believed at once. Thread-safe.
 */
final class Judge implements Companion {
  /** Comparisons before anything is believed; what is found until then waits for them. */
  static final int TRIAL = 20;

  /** One difference in so many comparisons is too much. */
  static final int TOO_OFTEN = 10;

  private final List<Finding> held = new ArrayList<>();
  private long compared;
  private long different;
  private volatile boolean aside;
  private boolean told;

  /** Whether nothing is compared any more. */
  boolean isAside() {
    return aside;
  }

  /** An object was as before. Gives what is to be believed now. */
  synchronized List<Finding> same() {
    compared++;
    return verdict();
  }

  /** An object was not. Gives what is to be believed now. */
  synchronized List<Finding> differs(Finding finding) {
    compared++;
    different++;
    held.add(finding);
    return verdict();
  }

  private List<Finding> verdict() {
    if (aside || compared < TRIAL) {
      return List.of();
    }
    if (different * TOO_OFTEN > compared) {
      aside = true;
      held.clear();
      return List.of();
    }
    if (held.isEmpty()) {
      return List.of();
    }
    List<Finding> believed = new ArrayList<>(held);
    held.clear();
    return believed;
  }

  /** Whether the caller is the one to say that the pool was set aside. */
  synchronized boolean tellOnce() {
    boolean first = !told;
    told = true;
    return first;
  }

  /** The share of differences, of 100. */
  synchronized long percent() {
    return compared == 0 ? 0 : 100 * different / compared;
  }
}
