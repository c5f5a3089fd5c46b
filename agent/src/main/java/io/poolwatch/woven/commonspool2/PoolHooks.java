package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Books;
import io.poolwatch.book.KeyShare;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import org.jspecify.annotations.Nullable;

/** Hooks for the making of pools and of pooled records, and for the limits of pools. */
public final class PoolHooks {
  /** What the library calls a pool in JMX unless told otherwise. */
  private static final String DEFAULT_JMX_PREFIX = "pool";

  private PoolHooks() {}

  /** A pool's base class is constructed; gives the pool its book. */
  public static @Nullable ObjectBook newBook(Object pool, @Nullable Object jmxNamePrefix) {
    try {
      return new ObjectBook(CommonsPool2.SYSTEM, factsOf(pool, jmxNamePrefix));
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  static PoolFacts factsOf(Object pool, @Nullable Object jmxNamePrefix) {
    PoolFacts facts = new PoolFacts(pool.getClass().getName());
    if (jmxNamePrefix instanceof String
        && !jmxNamePrefix.equals(DEFAULT_JMX_PREFIX)
        && !((String) jmxNamePrefix).isEmpty()) {
      facts.name((String) jmxNamePrefix);
    }
    return facts;
  }

  /** A pool that has no name is constructed; gives it its book. */
  public static @Nullable ObjectBook newBook(Object pool) {
    return newBook(pool, null);
  }

  /** A pool is ready for use. */
  public static void opened(Object pool, @Nullable ObjectBook book, @Nullable Object factory) {
    try {
      if (book != null) {
        book.facts().factory(factory);
        Books.register(pool, book);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A pool is closed. */
  public static void closed(@Nullable ObjectBook book) {
    if (book != null) {
      book.closed();
    }
  }

  /** The most objects of a pool are set; negative for no limit. */
  public static void totalLimit(@Nullable ObjectBook book, int limit) {
    if (book != null) {
      book.totalLimit(limit);
    }
  }

  /** The most idle objects of a pool are set; negative for no limit. */
  public static void idleLimit(@Nullable ObjectBook book, int limit) {
    if (book != null) {
      book.idleLimit(limit);
    }
  }

  /** A keyed pool's record of a key is constructed; gives it what is kept of the key. */
  public static @Nullable KeyShare newKey() {
    try {
      return new KeyShare();
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** The library's record of an object is constructed; gives it its life. */
  public static @Nullable Life newLife() {
    try {
      return new Life();
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }
}
