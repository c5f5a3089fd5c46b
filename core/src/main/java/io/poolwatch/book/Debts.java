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
    latest[cause.ordinal()] = ++moment;
    owed.incrementAndGet(cause.ordinal());
    for (int surplus = sum() - Math.max(0, most); surplus > 0; surplus--) {
      take(false);
    }
  }

  /** An object was made instead; gives the cause of the latest removal, null if none is owed. */
  @Nullable MissCause pay() {
    return take(true);
  }

  /** An object was made because of one certain removal, or of one like it. */
  void pay(MissCause cause) {
    int count;
    do {
      count = owed.get(cause.ordinal());
    } while (count > 0 && !owed.compareAndSet(cause.ordinal(), count, count - 1));
  }

  private @Nullable MissCause take(boolean newest) {
    while (true) {
      int found = -1;
      for (int i = 0; i < CAUSES.length; i++) {
        if (owed.get(i) > 0
            && (found < 0
                || (newest ? latest[i] - latest[found] > 0 : latest[i] - latest[found] < 0))) {
          found = i;
        }
      }
      if (found < 0) {
        return null;
      }
      int count = owed.get(found);
      if (count > 0 && owed.compareAndSet(found, count, count - 1)) {
        return CAUSES[found];
      }
    }
  }

  /** All that is owed here is owed there instead. */
  void moveTo(Debts other, int most) {
    MissCause cause;
    while ((cause = take(false)) != null) {
      other.owe(cause, most);
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
