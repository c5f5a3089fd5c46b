package io.poolwatch.woven.commonspool2;

import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.violation.IdentityMap;
import org.jspecify.annotations.Nullable;

/** The pools whose classes were loaded before the agent, and their books. Thread-safe. */
public final class LatePools {
  private static final IdentityMap<LatePool> POOLS = new IdentityMap<>();

  private LatePools() {}

  /** The book of a pool; one that is not known yet was in use before it was watched. */
  static ObjectBook of(Object pool, boolean soft) {
    LatePool known = POOLS.get(pool);
    return known == null ? found(pool, soft) : known.book;
  }

  private static ObjectBook found(Object pool, boolean soft) {
    ObjectBook book = new ObjectBook(CommonsPool2.LATE, PoolHooks.factsOf(pool, null));
    book.inherit();
    if (soft) {
      SoftPoolHooks.opened(book);
    }
    LatePool known = POOLS.putIfAbsent(pool, new LatePool(book));
    if (known.book == book) {
      known.opened(pool);
    }
    return known.book;
  }

  /** A pool is being made; gives its book. */
  static ObjectBook made(Object pool, PoolFacts facts) {
    return POOLS.putIfAbsent(pool, new LatePool(new ObjectBook(CommonsPool2.LATE, facts))).book;
  }

  /** A pool is ready for use; one that is not known was half made before it was watched. */
  static void opened(Object pool, @Nullable Object factory) {
    LatePool known = POOLS.get(pool);
    if (known != null && !known.book.isInherited()) {
      known.book.facts().factory(factory);
      known.opened(pool);
    }
  }

  /**
   * Looks into the pools that were in use before they were watched; to be called by the agent's
   * thread about once a second. What they have is taken in, and what was missed is put right.
   *
   * @return why a pool could not be looked into, told once; null if all could
   */
  public static @Nullable String look(long nowNanos) {
    String[] failure = new String[1];
    POOLS.forEach(
        (pool, known) -> {
          String failed = known.look(pool, nowNanos);
          failure[0] = failed == null ? failure[0] : failed;
        });
    return failure[0];
  }
}
