package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.guard.Wards;
import io.poolwatch.violation.LoanTrail;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in the method that borrows: the overload of {@code borrowObject} that has the loop.
 *
 * <p>Its slot <em>outcome</em> says how the borrow ends if it throws now. A borrow is exhausted
 * only if the last {@code create} gave nothing for lack of room and the wait after it, if there was
 * one, ran out; all else that is thrown is an error, an interrupted wait among them.
 */
public final class BorrowHooks {
  /** No room was left when the pool last tried to make an object. */
  private static final int NO_ROOM = 1;

  /** The borrower waits for an object to be given back. */
  private static final int WAITING = 2;

  /** The borrow succeeded and was counted. */
  private static final int COUNTED = 4;

  private static final RemovalReason[] REASONS = RemovalReason.values();

  private BorrowHooks() {}

  /** A borrow begins. Gives the time if this borrow is to be timed, else 0. */
  public static long begin(@Nullable ObjectBook book) {
    try {
      return book != null && book.borrowDue() ? System.nanoTime() : 0;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return 0;
    }
  }

  /** The borrow tries to make an object. Gives the outcome. */
  public static int creating() {
    try {
      Marks.take(); // one that an addObject left, which does not care why it got nothing
      return 0;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return 0;
    }
  }

  /** The borrow tried to make an object. Gives the outcome. */
  public static int created(@Nullable Object pooled) {
    try {
      return pooled != null || Marks.take() == Marks.STILLBORN ? 0 : NO_ROOM;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return 0;
    }
  }

  /** Gives the life of the object that the borrow made, or null if it made none. */
  public static @Nullable Life made(@Nullable Object pooled, @Nullable Object life) {
    try {
      return pooled == null ? null : Lives.of(pooled, life);
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** The borrower begins to wait. Gives the outcome. */
  public static int waiting(@Nullable ObjectBook book, int outcome) {
    if (book == null) {
      return outcome;
    }
    book.waitBegins();
    return outcome | WAITING;
  }

  /** The wait is over, with an object or without. Gives the outcome. */
  public static int waited(@Nullable ObjectBook book, @Nullable Object pooled, int outcome) {
    if ((outcome & WAITING) != 0 && book != null) {
      book.waitEnds();
    }
    return pooled != null ? 0 : outcome & ~WAITING;
  }

  /** The borrow destroys an object, in a phase. Gives what for, in a number that is not 0. */
  public static int losing(int phase) {
    return 1 + (phase == Phase.INVALID ? RemovalReason.INVALID : RemovalReason.ERROR).ordinal();
  }

  /** The pool hands out an object; nothing can go wrong any more. Gives the outcome. */
  public static int lent(
      @Nullable ObjectBook book,
      Object pooled,
      @Nullable Object life,
      @Nullable Life made,
      int lost) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        Life lent = Lives.of(pooled, life);
        book.lent(lent, lent == made, lost == 0 ? null : REASONS[lost - 1]);
        if (book.stackDue()) {
          LoanTrail.borrowed(lent);
        }
        if (book.isGuarded()) {
          Wards.lent(lent);
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return COUNTED;
  }

  /**
   * The borrow returns an object.
   *
   * @param made the life of the object that it built, or null if it built none
   */
  public static void end(
      @Nullable ObjectBook book, long start, @Nullable Life made, @Nullable Object object) {
    try {
      if (book != null) {
        book.facts().object(object);
        if (start != 0) {
          long nanos = System.nanoTime() - start;
          DurationSamples.record(book, DurationSamples.BORROW, nanos);
          if (made == null) {
            book.costs().borrowed(nanos);
          }
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** The borrow throws. */
  public static void failed(@Nullable ObjectBook book, int outcome, int phase) {
    if (book == null) {
      return;
    }
    if (phase == Phase.VALIDATING) {
      book.validationFailed();
    }
    if ((outcome & WAITING) != 0) {
      book.waitEnds();
    }
    if (outcome == NO_ROOM) {
      book.exhausted();
    } else if ((outcome & COUNTED) == 0) {
      book.failed();
    }
  }
}
