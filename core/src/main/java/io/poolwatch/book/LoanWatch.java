package io.poolwatch.book;

/**
 * Finds loans that last far longer than is usual in their pool. It looks at all lives now and then,
 * so that a borrow and a return pay nothing; the age of a loan is known from the first look at it
 * on, and so is a lower bound. One thread, under the ledger's lock.
 */
final class LoanWatch {
  /** Loans before which nobody can say what is usual. */
  private static final long FEWEST_LOANS = 100;

  /** How many times as long as the longest loan that ended. */
  private static final int FACTOR = 10;

  /** A loan ages from this fraction of the time on after which it is overdue. */
  private static final int AGING = 4;

  private final ObjectBook book;

  /** The longest loan that ended and was seen at more than one look. */
  private long longestSeen;

  LoanWatch(ObjectBook book) {
    this.book = book;
  }

  /**
   * Looks at the lives of a book.
   *
   * @param least how long a loan lasts at least before it is overdue, in nanoseconds
   */
  void look(Life first, long nowNanos, long least, Ledger.LateLoans late) {
    long loans = 0;
    for (Life life = first; life != null; life = life.next) {
      loans += life.loans();
      see(life, nowNanos, late);
    }
    if (loans + book.foldedReturns() < FEWEST_LOANS) {
      return;
    }
    long usual = FACTOR * Math.max(longestSeen, book.longestLoan());
    for (Life life = first; life != null; life = life.next) {
      long age = nowNanos - life.watchedSince;
      if (life.watchedLoan == 0 || life.overdue) {
        continue;
      }
      if (age >= least && age >= usual) {
        life.overdue = true;
        late.overdue(book, life, age);
      } else if (age >= least / AGING && age >= usual / AGING) {
        late.aging(life);
      }
    }
  }

  private void see(Life life, long nowNanos, Ledger.LateLoans late) {
    long loan = life.presentLoan();
    if (loan == life.watchedLoan) {
      return;
    }
    if (life.watchedLoan != 0) {
      long age = nowNanos - life.watchedSince;
      longestSeen = Math.max(longestSeen, age);
      if (life.overdue) {
        late.ended(book, life, age);
      }
    }
    life.watchedLoan = loan;
    life.watchedSince = nowNanos;
    life.overdue = false;
  }
}
