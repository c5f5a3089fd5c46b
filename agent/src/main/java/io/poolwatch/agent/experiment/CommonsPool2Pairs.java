package io.poolwatch.agent.experiment;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Sampling;
import io.poolwatch.woven.commonspool2.BorrowHooks;
import io.poolwatch.woven.commonspool2.CommonsPool2;
import io.poolwatch.woven.commonspool2.GuardHooks;
import io.poolwatch.woven.commonspool2.ReturnHooks;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of a borrow from a pool of Commons Pool2 that hits, and of its return. One
 * thread.
 */
final class CommonsPool2Pairs {
  /** The next one of an object would be timed, and is of no pool of the service's. */
  private static final int LOANS = Sampling.DEFAULT_RATE - 1;

  private final ObjectBook book = new ObjectBook(CommonsPool2.SYSTEM, new PoolFacts("poolwatch"));
  private final Object pooled = new Object();
  private Life life = new Life();
  private int loans;

  CommonsPool2Pairs() {
    book.created(life, this);
  }

  /** A hit and its return. */
  void lent() {
    if (++loans == LOANS) {
      renew();
    }
    long start = BorrowHooks.begin(book);
    Life taken = GuardHooks.taken(book, pooled, life);
    @Nullable Life made = null;
    BorrowHooks.lent(book, pooled, life, made, 0);
    BorrowHooks.end(book, start, made, this);
    GuardHooks.returning(book, pooled, taken == null ? life : taken);
    Object known = ReturnHooks.known(pooled);
    ReturnHooks.pooled(book, known, life, this);
    ReturnHooks.end(book, 1, this);
  }

  private void renew() {
    loans = 0;
    book.removed(life, RemovalReason.CLEARED);
    life = new Life();
    book.created(life, this);
  }
}
