package io.poolwatch.agent.report;

import io.poolwatch.book.Books;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.ShareBook;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/** Pools of one test, apart from those of all others by how their names begin. */
final class ReportedPools {
  private final PoolSystem system;
  private final String prefix;
  private final List<Object> pools = new ArrayList<>();

  ReportedPools(PoolSystem system, String prefix) {
    this.system = system;
    this.prefix = prefix;
  }

  /** A pool that lives as long as this. */
  ObjectBook add(String name) {
    ObjectBook book = new ObjectBook(system, new PoolFacts(prefix + name));
    register(book);
    return book;
  }

  /** A pool of threads' shares that lives as long as this. */
  ShareBook addShared(String name) {
    ShareBook book = new ShareBook(system, new PoolFacts(prefix + name));
    register(book);
    return book;
  }

  private void register(PoolBook book) {
    Object pool = new Object();
    pools.add(pool);
    Books.register(pool, book);
  }

  List<PoolSnapshot> snapshot() {
    Ledger ledger =
        new Ledger(
            (any, facts) -> facts.poolClass().startsWith(prefix) ? facts.poolClass() : null, 100);
    List<PoolSnapshot> all = ledger.snapshot();
    Reference.reachabilityFence(pools);
    return all;
  }
}
