package io.poolwatch.agent.finding;

import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.Tally;
import java.util.function.Consumer;

/**
 * A pool that leaves idle objects to the collector, soft or thread-local, and holds what has to be
 * closed: the collector closes nothing. Told when it took the first such object, because until then
 * no harm is done.
 */
final class LongLivedInClearedPool implements Rule {
  @Override
  public void look(Ledger ledger, long now, Consumer<Finding> found) {
    ledger.visit((pool, book) -> look(pool, book, found));
  }

  static void look(PoolIdentity pool, PoolBook book, Consumer<Finding> found) {
    String resource = book.facts().resource();
    long taken = resource == null ? 0 : book.takenByCollector();
    if (resource == null || taken <= 0) {
      return;
    }
    Tally now = new Tally();
    book.tally(now);
    found.accept(
        new Finding(
            Finding.Kind.LONG_LIVED_IN_CLEARED_POOL,
            pool,
            "of "
                + Words.count(now.created())
                + " objects that were made (kind: "
                + resource
                + ") the collector took "
                + Words.count(taken)
                + " while they were idle, and the pool could not close them",
            "use a pool that holds its objects and closes those that it gives up, such as"
                + " GenericObjectPool with eviction",
            null));
  }
}
