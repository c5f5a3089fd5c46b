package io.poolwatch.violation;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.Stacks;
import org.jspecify.annotations.Nullable;

/**
 * Who borrowed what was lost, for pools that keep no life of each object. While a pool is armed,
 * which its first lost object sees to, some of its borrows are remembered until the object comes
 * back; if it is collected before, it was lost, and the borrower is known. An object is counted as
 * lost elsewhere; here is what a person needs to find out why.
 *
 * <p>Returns are looked at while some pool is armed. What was borrowed before a time in which none
 * was may have come back unseen, and is forgotten. Holds objects weakly; never asks a reference for
 * an object that nobody holds. Thread-safe, without a lock.
 */
public final class LostObjects {
  private static final IdentityTable<Loan> LOANS = IdentityTable.telling();

  private LostObjects() {}

  /** The present thread borrows an object, and its stack is to be kept. */
  public static void borrowed(PoolBook book, Object object) {
    LOANS.put(object, new Loan(book));
  }

  /**
   * An object is about to be put back, or thrown away by its pool.
   *
   * @return how its loan began; null if that is not among the stacks kept
   */
  public static @Nullable Sighting returned(Object object) {
    Loan loan = LOANS.remove(object);
    return loan != null && loan.era == Stacks.era() ? loan.sighting : null;
  }

  /** Reports what was lost since the last call. To be called by one thread alone. */
  public static void tell() {
    Loan loan;
    while ((loan = LOANS.pollCollected()) != null) {
      if (loan.era == Stacks.era() && Stacks.isAnyPoolArmed()) {
        Violations.lost(loan.book, loan.sighting);
      }
    }
  }

  private static final class Loan {
    final int era = Stacks.era();
    final PoolBook book;
    final Sighting sighting = Sighting.now(0);

    Loan(PoolBook book) {
      this.book = book;
    }
  }
}
