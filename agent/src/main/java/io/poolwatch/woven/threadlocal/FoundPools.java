package io.poolwatch.woven.threadlocal;

import io.poolwatch.book.Books;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.violation.IdentityMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bundled pools whose class was loaded before the agent, by identity. A pool counts for itself,
 * so it only has to be found once: by a put while they are {@linkplain #isLooking looked for},
 * after that where it does more than the fastest path. Thread-safe.
 */
public final class FoundPools {
  private static final long LOOKING_NANOS = 60_000_000_000L;
  private static final IdentityMap<FoundBook> POOLS = new IdentityMap<>();

  /** Plain: read at each put; a thread that sees it late looks in vain, or some more. */
  private static boolean looking = true;

  private static volatile boolean found;
  private static volatile long firstNanos;

  private FoundPools() {}

  static boolean isLooking() {
    return looking;
  }

  /**
   * Ends that puts look for their pool, a minute after the first pool was found; to be called by
   * the agent's thread now and then.
   */
  public static void tick(long nowNanos) {
    if (looking && found && nowNanos - firstNanos > LOOKING_NANOS) {
      looking = false;
    }
  }

  /** The book of a pool that was found; else null. */
  static @Nullable FoundBook known(Object pool) {
    return POOLS.get(pool);
  }

  /**
   * A pool is seen.
   *
   * @param object one that it pools, if one is at hand
   */
  static void seen(
      Object pool,
      @Nullable Object object,
      @Nullable String name,
      @Nullable Supplier<?> factory,
      @Nullable AtomicReference<?> counts) {
    if (POOLS.get(pool) == null) {
      open(pool, object, name, factory, counts);
    }
  }

  private static void open(
      Object pool,
      @Nullable Object object,
      @Nullable String name,
      @Nullable Supplier<?> factory,
      @Nullable AtomicReference<?> counts) {
    PoolFacts facts = new PoolFacts(pool.getClass().getName());
    facts.name(name);
    facts.factory(factory);
    if (object != null) {
      facts.object(object);
      facts.askWhetherResource(object);
    }
    FoundBook book = new FoundBook(facts, ThreadLocalPoolHooks.blocks(counts));
    if (POOLS.putIfAbsent(pool, book) == book) {
      Books.register(pool, book);
      if (!found) {
        firstNanos = System.nanoTime();
        found = true;
      }
    }
  }
}
