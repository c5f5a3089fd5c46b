package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.KeyShare;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.violation.IdentityMap;
import org.jspecify.annotations.Nullable;

/**
 * What code woven into classes that were loaded already asks for instead of reading a field: books,
 * lives and keys lie in tables by identity. A pool or an object that is not in there yet was there
 * before it was watched, and is taken in.
 */
public final class LateHooks {
  private static final IdentityMap<KeyShare> KEYS = new IdentityMap<>();

  private LateHooks() {}

  /** The book of a pool. */
  public static @Nullable ObjectBook book(Object pool) {
    try {
      return LatePools.of(pool, false);
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** The book of a soft pool. */
  public static @Nullable ObjectBook softBook(Object pool) {
    try {
      return LatePools.of(pool, true);
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** A pool's base class is constructed. */
  public static void made(Object pool, @Nullable Object jmxNamePrefix) {
    try {
      LatePools.made(pool, PoolHooks.factsOf(pool, jmxNamePrefix));
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A pool is ready for use. */
  public static void opened(Object pool, @Nullable Object factory) {
    try {
      LatePools.opened(pool, factory);
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A soft pool is ready for use. */
  public static void softOpened(Object pool, @Nullable Object factory) {
    try {
      ObjectBook book = LatePools.made(pool, PoolHooks.factsOf(pool, null));
      SoftPoolHooks.opened(book);
      LatePools.opened(pool, factory);
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** The life of an object that its pool has. */
  public static @Nullable Object life(@Nullable ObjectBook book, @Nullable Object pooled) {
    try {
      if (pooled == null || BREAKER.isOpen()) {
        return null;
      }
      Life life = Lives.of(pooled, null);
      if (book != null && book.isInherited() && life.isUnborn()) {
        book.found(life, false);
      }
      return life;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** The life of an object, or null if none is known, as of what is no object. */
  public static @Nullable Object knownLife(@Nullable Object pooled) {
    try {
      return pooled == null ? null : Lives.known(pooled);
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** What is kept of a key, by a keyed pool's record of it. */
  public static @Nullable Object key(@Nullable Object keyRecord) {
    try {
      return keyRecord == null ? null : keyShare(keyRecord);
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** A keyed pool forgets a key; see {@link RemovalHooks#forgotten}. */
  public static void forgotten(Object pool, @Nullable Object keyRecord) {
    try {
      KeyShare known = keyRecord == null ? null : KEYS.get(keyRecord);
      if (known != null) {
        RemovalHooks.forgotten(book(pool), known);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  static KeyShare keyShare(Object keyRecord) {
    KeyShare share = KEYS.get(keyRecord);
    return share == null ? KEYS.putIfAbsent(keyRecord, new KeyShare()) : share;
  }

  /**
   * A pool destroys an object, which by now was counted, unless by a call that began before the
   * pool was watched.
   */
  public static void leaving(@Nullable ObjectBook book, @Nullable Object life) {
    try {
      if (book != null && life != null && book.isInherited() && !BREAKER.isOpen()) {
        Life leaver = ((Life) life).current();
        if (!leaver.isRemoved()) {
          book.removed(leaver, RemovalReason.CLEARED);
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }
}
