package io.poolwatch.book;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds loans that last far longer than is usual in their pool. It looks at all lives now and then,
 * so that a borrow and a return pay nothing; the age of a loan is known from the first look at it
 * on, and so is a lower bound. One thread, under the ledger's lock.
 *
 * <p>What is usual is learned from loans that ended by a return. One that was told as overdue and
 * came back after all counts for less: it was too long once, and one forgotten object shall not
 * silence the next ones. One that ended because the pool took the object away teaches nothing.
 */
final class LoanWatch {
  /** Loans before which nobody can say what is usual. */
  private static final long FEWEST_LOANS = 100;

  /** How many times as long as the longest loan that ended untold. */
  private static final int FACTOR = 10;

  /** How many times as long as the longest loan that was told and came back. */
  private static final int FACTOR_TOLD = 2;

  /** A loan ages from this fraction of the time on after which it is overdue. */
  private static final int AGING = 4;

  private final ObjectBook book;

  /** Lives of loans that were told, until their end is: they leave the book's list before. */
  private final List<Life> told = new ArrayList<>();

  /** The longest loan that came back and was seen at more than one look. */
  private long longestSeen;

  /** The longest that was told, and came back. */
  private long longestTold;

  LoanWatch(ObjectBook book) {
    this.book = book;
  }

  /**
   * Looks at the lives of a book.
   *
   * @param first the newest life that is listed, or null if none is
   * @param least how long a loan lasts at least before it is overdue, in nanoseconds
   */
  void look(@Nullable Life first, long nowNanos, long least, LateLoans late) {
    tellEnded(nowNanos, late);
    long loans = 0;
    for (Life life = first; life != null; life = life.next) {
      loans += life.loans();
      see(life, nowNanos);
    }
    if (loans + book.foldedReturns() < FEWEST_LOANS) {
      return;
    }
    long usual =
        Math.max(FACTOR * Math.max(longestSeen, book.longestLoan()), FACTOR_TOLD * longestTold);
    for (Life life = first; life != null; life = life.next) {
      long age = nowNanos - life.watchedSince;
      // It may have come back since it was seen above, and be on its next loan.
      if (life.watchedLoan == 0 || life.overdue || (int) life.presentLoan() != life.watchedLoan) {
        continue;
      }
      if (age >= least && age >= usual) {
        life.overdue = true;
        told.add(life);
        late.overdue(book, life, age);
      } else if (age >= least / AGING && age >= usual / AGING) {
        late.aging(life);
      }
    }
  }

  private void tellEnded(long nowNanos, LateLoans late) {
    for (Iterator<Life> each = told.iterator(); each.hasNext(); ) {
      Life life = each.next();
      if ((int) life.presentLoan() != life.watchedLoan) {
        each.remove();
        long age = nowNanos - life.watchedSince;
        if (!life.isTakenAway()) {
          longestTold = Math.max(longestTold, age);
        }
        late.ended(book, life, age);
        life.overdue = false;
        life.watchedLoan = 0;
      }
    }
  }

  private void see(Life life, long nowNanos) {
    int loan = (int) life.presentLoan();
    if (loan == life.watchedLoan) {
      return;
    }
    if (life.watchedLoan != 0 && !life.isTakenAway()) {
      longestSeen = Math.max(longestSeen, nowNanos - life.watchedSince);
    }
    life.watchedLoan = loan;
    life.watchedSince = nowNanos;
  }
}
