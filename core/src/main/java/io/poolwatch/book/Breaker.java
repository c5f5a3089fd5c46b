package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the failures of our own advice in one pool library, and switches it off when they repeat.
 *
 * <p>Advice never lets an exception escape into the service; it hands it to {@link #failed}
 * instead. After {@link #LIMIT} failures the library's advice does nothing any more, and its
 * figures, which can no longer be exact, are no longer reported. Thread-safe.
 */
public final class Breaker {
  /** Failures after which the advice of a library is switched off. */
  public static final int LIMIT = 10;

  private final String library;
  private final AtomicLong failures = new AtomicLong();
  private volatile @Nullable Throwable first;

  // Read by every piece of advice: plain, so that it costs nothing. A thread that sees it late only
  // counts a little longer.
  private boolean open;

  Breaker(String library) {
    this.library = library;
  }

  /** Whether the advice of this library is switched off; cheap enough for the woven path. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Notes that advice failed; never throws.
   *
   * @param failure what was thrown; the first one is kept for the log
   */
  public void failed(Throwable failure) {
    if (first == null) {
      first = failure;
    }
    if (failures.incrementAndGet() >= LIMIT) {
      open = true;
    }
  }

  /** The library this belongs to. */
  public String library() {
    return library;
  }

  /** How often advice failed so far. */
  public long failures() {
    return failures.get();
  }

  /** The first failure, or null if there was none. */
  public @Nullable Throwable first() {
    return first;
  }
}
