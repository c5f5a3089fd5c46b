package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Removals that no miss has paid for yet. An object that a pool parts with is missed later, and
 * that miss has the removal's cause: the latest one, if there are several.
 *
 * <p>Counted by cause, not queued. There are never more than the caller says are of use: what there
 * was at most, less what there is. Thread-safe, without a lock: of two threads that pay at a time
 * both pay, but perhaps not in order.
 */
final class Debts {
  private static final MissCause[] CAUSES = MissCause.values();

  private final AtomicIntegerArray owed = new AtomicIntegerArray(CAUSES.length);

  /** When each was owed last, as a running number. Plain: which of two is later may be mistaken. */
  private final int[] latest = new int[CAUSES.length];

  private int moment;

  /**
   * The pool parted with an object.
   *
   * @param most how many are of use: the oldest ones beyond are forgotten
   */
  void owe(MissCause cause, int most) {
    owe(cause, 1, most);
  }

  /** The same of several objects. */
  void owe(MissCause cause, int objects, int most) {
    latest[cause.ordinal()] = ++moment;
    owed.addAndGet(cause.ordinal(), objects);
    int surplus = sum() - Math.max(0, most);
    while (surplus > 0) {
      int oldest = find(false);
      if (oldest < 0) {
        return;
      }
      surplus -= forget(oldest, surplus);
    }
  }

  /** Forgets some of a cause; tells how many. */
  private int forget(int cause, int most) {
    int count = owed.get(cause);
    int less = Math.min(count, most);
    return less > 0 && owed.compareAndSet(cause, count, count - less) ? less : 0;
  }

  /** An object was made instead; gives the cause of the latest removal, null if none is owed. */
  @Nullable MissCause pay() {
    while (true) {
      int newest = find(true);
      if (newest < 0) {
        return null;
      }
      if (forget(newest, 1) == 1) {
        return CAUSES[newest];
      }
    }
  }

  /** An object was made because of one certain removal, or of one like it. */
  void pay(MissCause cause) {
    int which = cause.ordinal();
    while (owed.get(which) > 0 && forget(which, 1) == 0) {
      Thread.onSpinWait(); // another thread was first
    }
  }

  /** The cause that was owed last, or first; negative if none is. */
  private int find(boolean newest) {
    int found = -1;
    for (int i = 0; i < CAUSES.length; i++) {
      if (owed.get(i) > 0
          && (found < 0
              || (newest ? latest[i] - latest[found] > 0 : latest[i] - latest[found] < 0))) {
        found = i;
      }
    }
    return found;
  }

  /** All that is owed here is owed there instead. */
  void moveTo(Debts other, int most) {
    int oldest;
    while ((oldest = find(false)) >= 0) {
      int count = owed.getAndSet(oldest, 0);
      if (count > 0) {
        other.owe(CAUSES[oldest], count, most);
      }
    }
  }

  /** Half of each is forgotten: what was parted with long ago is not what is missed now. */
  void halve() {
    for (int i = 0; i < CAUSES.length; i++) {
      int count;
      do {
        count = owed.get(i);
      } while (count > 0 && !owed.compareAndSet(i, count, count / 2));
    }
  }

  int sum() {
    int sum = 0;
    for (int i = 0; i < CAUSES.length; i++) {
      sum += owed.get(i);
    }
    return sum;
  }
}
