package io.poolwatch.book;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where woven code registers books, and where the {@link Ledger} finds them. Never holds a pool,
 * only its book and a weak reference. Registration is one compare-and-set; thread-safe.
 */
public final class Books {
  private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
  private static final AtomicReference<@Nullable PoolRef> NEWEST = new AtomicReference<>();
  private static final AtomicInteger TRACKED = new AtomicInteger();
  private static final AtomicLong BEYOND = new AtomicLong();
  private static final AtomicLong UNTRACKED = new AtomicLong();

  /** Beyond the bound a share of the objects is watched, in this fraction of the room again. */
  private static final int RESERVE = 16;

  /** The share is one in so many at first, and halves with each eighth of the reserve in use. */
  private static final int ONE_IN = 16;

  private static volatile int trackingBound = 200_000;
  private static volatile @Nullable Runnable firstPool;
  private static volatile boolean estimates;

  private Books() {}

  /** Some pool's objects in the old generation are estimated. */
  static void estimates() {
    estimates = true;
  }

  /** Whether any pool's objects in the old generation are estimated. */
  public static boolean anyEstimates() {
    return estimates;
  }

  /** Registers the book of a pool. Once a book. */
  public static void register(Object pool, PoolBook book) {
    PoolRef reference = new PoolRef(pool, book);
    PoolRef newest;
    do {
      newest = NEWEST.get();
      reference.next = newest;
    } while (!NEWEST.compareAndSet(newest, reference));
    Runnable wake = firstPool;
    if (wake != null) {
      firstPool = null;
      wake.run();
    }
  }

  /** What to run, once, when the next pool is registered; it must be short and must not throw. */
  public static void onFirstPool(@Nullable Runnable wake) {
    firstPool = wake;
  }

  /**
   * Bounds how many objects are watched for their loss, over all pools: all up to here, and of
   * those beyond a share, in a sixteenth of the room again.
   */
  public static void trackingBound(int objects) {
    trackingBound = objects;
  }

  /**
   * How many objects were made that are not watched for their loss, because so many were already.
   * If there are any, the number of leaks is a lower bound.
   */
  public static long untracked() {
    return UNTRACKED.get();
  }

  static ReferenceQueue<Object> queue() {
    return QUEUE;
  }

  static boolean mayTrack() {
    int bound = trackingBound;
    int over = TRACKED.incrementAndGet() - bound;
    if (over <= 0 || (over <= bound / RESERVE && isInShare(over, bound / RESERVE))) {
      return true;
    }
    TRACKED.decrementAndGet();
    UNTRACKED.incrementAndGet();
    return false;
  }

  /** The fuller the reserve is, the fewer go in: so it has room for what comes late, too. */
  private static boolean isInShare(int over, int reserve) {
    int oneIn = ONE_IN << (8L * (over - 1) / reserve);
    return (BEYOND.incrementAndGet() & (oneIn - 1)) == 0;
  }

  static void untrack(int count) {
    TRACKED.addAndGet(-count);
  }

  /** Takes the pools registered since the last call, newest first, linked by {@code next}. */
  static @Nullable PoolRef takeNew() {
    return NEWEST.getAndSet(null);
  }

  static @Nullable Reference<?> pollCollected() {
    return QUEUE.poll();
  }

  /** A pool, weakly, and its book. */
  static final class PoolRef extends WeakReference<Object> {
    final PoolBook book;
    @Nullable PoolRef next;

    /** When the ledger first saw it, by {@link System#nanoTime}. */
    long seen;

    PoolRef(Object pool, PoolBook book) {
      super(pool, QUEUE);
      this.book = book;
    }
  }
}
