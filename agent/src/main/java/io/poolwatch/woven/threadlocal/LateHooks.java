package io.poolwatch.woven.threadlocal;

import static io.poolwatch.woven.threadlocal.ThreadLocalPoolHooks.BREAKER;

import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Violations;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is woven into a bundled pool whose class was loaded before the agent: places where it can be
 * found. On the fastest path of a put that is a look-up for a minute, and then the read of a field;
 * a get has none. Thread-safe.
 */
public final class LateHooks {
  private LateHooks() {}

  /** An object is put. */
  public static void put(
      Object pool,
      @Nullable Object object,
      @Nullable String name,
      @Nullable Supplier<?> factory,
      @Nullable AtomicReference<?> counts) {
    if (FoundPools.isLooking() && object != null) {
      seen(pool, object, name, factory, counts);
    }
  }

  /** An object was made, or is put apart from the fastest path. */
  public static void seen(
      Object pool,
      @Nullable Object object,
      @Nullable String name,
      @Nullable Supplier<?> factory,
      @Nullable AtomicReference<?> counts) {
    try {
      if (!BREAKER.isOpen()) {
        FoundPools.seen(pool, object, name, factory, counts);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** A get or a put goes on apart from the fastest path, as it does after each collection. */
  public static void turned(
      Object pool,
      @Nullable String name,
      @Nullable Supplier<?> factory,
      @Nullable AtomicReference<?> counts) {
    if (!FoundPools.isLooking()) { // else a put tells what is pooled, too
      seen(pool, null, name, factory, counts);
    }
  }

  /** An object was put that was in the pool; the pool has counted it. */
  public static void putTwice(@Nullable Object pool, @Nullable Object object) {
    try {
      FoundBook book = pool == null || BREAKER.isOpen() ? null : FoundPools.known(pool);
      if (book != null && object != null) {
        Violations.counted(
            book, ViolationKind.DOUBLE_RETURN, object.getClass().getName(), "the pool let it go");
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }
}
