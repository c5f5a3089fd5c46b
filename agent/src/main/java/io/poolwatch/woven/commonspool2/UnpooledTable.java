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
  static final int NONE = -1;
  private static final int LINES = 8;
  private static final int IN_LINE = MOST / LINES;

  private final Line[] lines = new Line[LINES];

  UnpooledTable() {
    for (int i = 0; i < LINES; i++) {
      lines[i] = new Line();
    }
  }

  /** Takes a place for a loan whose object is still to be made; gives it, or {@link #NONE}. */
  int reserve() {
    int own = ownLine();
    for (int i = 0; i < LINES; i++) {
      int line = (own + i) & (LINES - 1);
      int place = lines[line].reserve();
      if (place >= 0) {
        return line * IN_LINE + place;
      }
    }
    return NONE;
  }

  /** Puts a loan into the place that was taken for it. */
  void enter(int place, UnpooledLoan loan) {
    lines[place / IN_LINE].loans.set(place % IN_LINE, loan);
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

  /** The place of the loan of an object, or {@link #NONE}. */
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
    return NONE;
  }

  /** The first place from one on whose object is lost, or {@link #NONE}. */
  int findLost(int from) {
    for (int place = from; place < MOST; place++) {
      if (lines[place / IN_LINE].used.get() == 0) {
        place |= IN_LINE - 1; // nothing in all of this line
      } else {
        UnpooledLoan loan = at(place);
        if (loan != null && loan.isLost()) {
          return place;
        }
      }
    }
    return NONE;
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

    int reserve() {
      used.incrementAndGet();
      for (int i = 0; i < IN_LINE; i++) {
        if (loans.get(i) == null && loans.compareAndSet(i, null, UnpooledLoan.COMING)) {
          return i;
        }
      }
      used.decrementAndGet();
      return NONE;
    }

    int find(@Nullable Object object) {
      for (int i = 0; i < IN_LINE; i++) {
        UnpooledLoan loan = loans.get(i);
        if (loan != null && loan.isOf(object)) {
          return i;
        }
      }
      return NONE;
    }
  }
}
