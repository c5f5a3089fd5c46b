package io.poolwatch.book;

/** Is told of loans that last too long, under the ledger's lock. */
public interface LateLoans {
  /**
   * A loan is overdue.
   *
   * @param atLeast its age so far in nanoseconds, or somewhat less
   */
  void overdue(PoolBook book, Life life, long atLeast);

  /** A loan is on the way to be overdue; told again and again. */
  void aging(Life life);

  /** An overdue loan has ended, by a return or otherwise. */
  void ended(PoolBook book, Life life, long atLeast);
}
