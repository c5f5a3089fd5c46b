package io.poolwatch.woven.commonspool2;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The loans of one pool past it, {@value #MOST} at a time at most, found by the identity of their
 * objects. A thread begins in a line of its own, where its loans mostly come back, too; so neither
 * a hash of a new object is asked for, nor a word written that others write. Lock-free.
 */
final class UnpooledTable {
  static final int MOST = 256;
  static final int FULL = -1;
  private static final int LINES = 8;
  private static final int IN_LINE = MOST / LINES;

  private final Line[] lines = new Line[LINES];

  UnpooledTable() {
    for (int i = 0; i < LINES; i++) {
      lines[i] = new Line();
    }
  }

  /** Gives the place of a loan that is new, or {@link #FULL}. */
  int enter(UnpooledLoan loan) {
    int own = ownLine();
    for (int i = 0; i < LINES; i++) {
      int line = (own + i) & (LINES - 1);
      int place = lines[line].enter(loan);
      if (place >= 0) {
        return line * IN_LINE + place;
      }
    }
    return FULL;
  }

  /** The loan at a place, if it is there yet. */
  @Nullable UnpooledLoan at(int place) {
    return lines[place / IN_LINE].loans.get(place % IN_LINE);
  }

  /** Takes a loan out; false if another thread did. */
  boolean leave(int place, UnpooledLoan loan) {
    Line line = lines[place / IN_LINE];
    if (!line.loans.compareAndSet(place % IN_LINE, loan, null)) {
      return false;
    }
    line.used.decrementAndGet();
    return true;
  }

  /** The place of the loan of an object, or a negative number. */
  int find(@Nullable Object object) {
    int own = ownLine();
    for (int i = 0; i < LINES; i++) {
      int line = (own + i) & (LINES - 1);
      if (lines[line].used.get() > 0) {
        int place = lines[line].find(object);
        if (place >= 0) {
          return line * IN_LINE + place;
        }
      }
    }
    return -1;
  }

  // Not the thread's number, which a class of the service may answer.
  private static int ownLine() {
    int hash = System.identityHashCode(Thread.currentThread());
    return (hash ^ (hash >>> 8)) & (LINES - 1);
  }

  private static final class Line {
    /** Places that are taken, or about to be: never fewer than loans are in here. */
    final AtomicInteger used = new AtomicInteger();

    final AtomicReferenceArray<@Nullable UnpooledLoan> loans = new AtomicReferenceArray<>(IN_LINE);

    int enter(UnpooledLoan loan) {
      used.incrementAndGet();
      for (int i = 0; i < IN_LINE; i++) {
        if (loans.get(i) == null && loans.compareAndSet(i, null, loan)) {
          return i;
        }
      }
      used.decrementAndGet();
      return FULL;
    }

    int find(@Nullable Object object) {
      for (int i = 0; i < IN_LINE; i++) {
        UnpooledLoan loan = loans.get(i);
        if (loan != null && loan.isOf(object)) {
          return i;
        }
      }
      return -1;
    }
  }
}
