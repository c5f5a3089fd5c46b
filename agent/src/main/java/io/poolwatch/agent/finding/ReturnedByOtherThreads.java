package io.poolwatch.agent.finding;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.ReturnPaths;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.Tally;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;

/**
 * Objects that come back on other threads than they were borrowed on, where the pool loses by it:
 * such an object has to go to the place of the thread that borrowed it, through a queue, which may
 * be full or have no owner any more.
 *
 * <p>To borrow on one thread and give back on another is what producers and consumers do, and
 * nothing is said of it as long as it works. Told if, in a time as long as a misuse must go on, of
 * {@value #LEAST_RETURNS} returns at least more than half came from other threads; a tenth of those
 * found no room, twice as many as of the borrowers' own; and a tenth of the borrows had to make an
 * object.
 */
final class ReturnedByOtherThreads implements Rule {
  static final int LEAST_RETURNS = 1_000;

  /** One in so many is much. */
  private static final int MUCH = 10;

  private final long after;
  private final Map<PoolBook, Reading> before = new WeakHashMap<>();

  ReturnedByOtherThreads(long after) {
    this.after = after;
  }

  @Override
  public void look(Ledger ledger, long now, Consumer<Finding> found) {
    ledger.visit((pool, book) -> look(pool, book, now, found));
  }

  void look(PoolIdentity pool, PoolBook book, long now, Consumer<Finding> found) {
    if (!(book instanceof ShareBook)) {
      return;
    }
    Reading then = before.get(book);
    if (then != null && now - then.nanos < after) {
      return;
    }
    Tally tally = new Tally();
    book.tally(tally);
    Reading reading = new Reading(now, ((ShareBook) book).returnPaths(), tally);
    before.put(book, reading);
    if (then != null) {
      judge(pool, new Change(then, reading), found);
    }
  }

  private static void judge(PoolIdentity pool, Change change, Consumer<Finding> found) {
    long returns = change.fromOwner + change.fromOthers;
    if (returns < LEAST_RETURNS
        || change.fromOthers <= change.fromOwner
        || change.droppedFromOthers * MUCH < change.fromOthers
        || isOwnersLossAlike(change)
        || change.misses * MUCH < change.borrows) {
      return;
    }
    found.accept(
        new Finding(
            Finding.Kind.RETURNED_BY_OTHER_THREADS,
            pool,
            "in "
                + Words.time(change.nanos)
                + ", "
                + Words.count(change.fromOthers)
                + " of "
                + Words.count(returns)
                + " returns ("
                + Words.percent(change.fromOthers, returns)
                + ") came from other threads than the borrower's; of these "
                + Words.count(change.droppedFromOthers)
                + " ("
                + Words.percent(change.droppedFromOthers, change.fromOthers)
                + ") found no room, or no owner, and were thrown away, of the borrowers' own "
                + Words.count(change.droppedFromOwner)
                + "; "
                + Words.count(change.misses)
                + " of "
                + Words.count(change.borrows)
                + " borrows had to make an object",
            "give objects back on the thread that borrowed them, borrow on a thread that lives on,"
                + " or raise io.netty.recycler.maxCapacityPerThread; before Netty 4.1.52 update it:"
                + " there the queue between two threads loses its room for good",
            null));
  }

  /** Whether the borrowers' own returns fare nearly as badly: then it is not for the threads. */
  private static boolean isOwnersLossAlike(Change change) {
    return change.fromOwner > 0
        && 2 * change.droppedFromOwner * change.fromOthers
            > change.droppedFromOthers * change.fromOwner;
  }

  /** What a pool had counted at some time. */
  private static final class Reading {
    final long nanos;
    final ReturnPaths paths;
    final Tally tally;

    Reading(long nanos, ReturnPaths paths, Tally tally) {
      this.nanos = nanos;
      this.paths = paths;
      this.tally = tally;
    }
  }

  /** What it counted between two times. */
  private static final class Change {
    final long nanos;
    final long fromOwner;
    final long droppedFromOwner;
    final long fromOthers;
    final long droppedFromOthers;
    final long misses;
    final long borrows;

    Change(Reading then, Reading now) {
      nanos = now.nanos - then.nanos;
      droppedFromOwner = now.paths.droppedFromOwner() - then.paths.droppedFromOwner();
      fromOwner = now.paths.keptFromOwner() - then.paths.keptFromOwner() + droppedFromOwner;
      droppedFromOthers = now.paths.droppedFromOthers() - then.paths.droppedFromOthers();
      fromOthers = now.paths.keptFromOthers() - then.paths.keptFromOthers() + droppedFromOthers;
      misses = now.tally.borrows(BorrowOutcome.MISS) - then.tally.borrows(BorrowOutcome.MISS);
      borrows = now.tally.borrows() - then.tally.borrows();
    }
  }
}
