package io.poolwatch.book;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the failures of our own code in one pool library, and switches it off when they repeat.
 *
 * <p>Advice never lets an exception escape into the service; it hands it to {@link #failed}
 * instead. After {@link #LIMIT} failures the library's advice does nothing any more, and its
 * figures, which can no longer be exact, are no longer reported.
 *
 * <p>Where a failure makes no figure wrong, as that of the guard, which misses one use, it is
 * forgiven after an hour. Such a breaker counts the ends of the service's stack and heap, which may
 * fall into any code, and does not open for them. Thread-safe.
 */
public final class Breaker {
  /** Failures after which the advice of a library is switched off. */
  public static final int LIMIT = 10;

  private static final long FORGIVEN_NANOS = TimeUnit.HOURS.toNanos(1);

  private final String library;
  private final boolean forgives;
  private final AtomicLong failures = new AtomicLong();

  /** Failures since {@link #since} that none of the service's own explains. */
  private final AtomicInteger recent = new AtomicInteger();

  private volatile long since;
  private volatile @Nullable Throwable first;
  private volatile boolean told;

  // Read by every piece of advice: plain, so that it costs nothing. A thread that sees it late only
  // counts a little longer.
  private boolean open;

  private Breaker(String library, boolean forgives) {
    this.library = library;
    this.forgives = forgives;
    since = System.nanoTime();
  }

  /** One that opens after so many failures, however long they take. */
  static Breaker strict(String library) {
    return new Breaker(library, false);
  }

  /** One that opens after so many failures within an hour. */
  static Breaker forgiving(String library) {
    return new Breaker(library, true);
  }

  /** Whether it is switched off; cheap enough for the woven path. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Notes that advice failed; never throws.
   *
   * @param failure what was thrown; the first one is kept for the log, until it {@linkplain #told
   *     was told}
   */
  public void failed(Throwable failure) {
    if (first == null && !told) {
      first = failure;
      if (told) {
        first = null; // it was told just now
      }
    }
    failures.incrementAndGet();
    failed(failure, System.nanoTime());
  }

  /** The same at a time, but for the counting. */
  void failed(Throwable failure, long nowNanos) {
    if (forgives) {
      if (failure instanceof StackOverflowError || failure instanceof OutOfMemoryError) {
        return;
      }
      if (nowNanos - since > FORGIVEN_NANOS) {
        since = nowNanos;
        recent.set(0);
      }
    }
    if (recent.incrementAndGet() >= LIMIT) {
      open = true;
    }
  }

  /** The library this belongs to. */
  public String library() {
    return library;
  }

  /** How often it failed so far. */
  public long failures() {
    return failures.get();
  }

  /** The first failure; null if there was none, or it was told. */
  public @Nullable Throwable first() {
    return first;
  }

  /**
   * The first failure was told. It is let go, as no later one is kept: it would keep alive all
   * classes on its stack, and with them the loaders of applications that are gone.
   */
  public void told() {
    told = true;
    first = null;
  }
}
