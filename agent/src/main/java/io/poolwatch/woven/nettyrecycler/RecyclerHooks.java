package io.poolwatch.woven.nettyrecycler;

import static io.poolwatch.woven.nettyrecycler.NettyRecyclers.BREAKER;

import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import org.jspecify.annotations.Nullable;

/**
 * Hooks that give a Recycler its book and each local pool its share, and that count what happens
 * apart from any object. Thread-safe.
 */
public final class RecyclerHooks {
  private RecyclerHooks() {}

  /** At the end of each constructor of the Recycler; they chain, so it keeps what is there. */
  public static @Nullable ShareBook book(Object recycler, @Nullable ShareBook present) {
    if (present != null || BREAKER.isOpen()) {
      return present;
    }
    try {
      return new ShareBook(NettyRecyclers.SYSTEM, new PoolFacts(recycler.getClass().getName()));
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  /** The share of a local pool that one thread alone borrows from; opened at its first miss. */
  public static @Nullable Share confinedShare(
      @Nullable ShareBook book, @Nullable Share present, Object localPool) {
    return present != null || book == null ? present : open(book, localPool, true);
  }

  /** The share of a local pool of some kind; opened at its first miss. */
  public static @Nullable Share share(
      @Nullable ShareBook book,
      @Nullable Share present,
      Object localPool,
      @Nullable LocalPoolKind kind) {
    if (present != null || book == null || kind == LocalPoolKind.DISABLED) {
      return present;
    }
    return open(book, localPool, kind == LocalPoolKind.CONFINED);
  }

  private static @Nullable Share open(ShareBook book, Object localPool, boolean confined) {
    if (BREAKER.isOpen()) {
      return null;
    }
    try {
      return book.open(localPool, confined);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  /** Passes a share from a slot to a field. */
  public static @Nullable Share same(@Nullable Share share) {
    return share;
  }

  /** At the end of the constructor that serves the thread local. */
  public static LocalPoolKind confinedKind() {
    return LocalPoolKind.CONFINED;
  }

  /** At the end of the constructor that takes a capacity alone. */
  public static @Nullable LocalPoolKind kindOfCapacity(int capacity) {
    return LocalPoolKind.ofCapacity(capacity);
  }

  /** A thread removed its local pool, or a return found it dead: nobody will claim what is idle. */
  public static void removed(@Nullable Share share) {
    if (share != null && !BREAKER.isOpen()) {
      try {
        share.removedAllIdle(RemovalReason.OWNER_GONE);
      } catch (Throwable failure) {
        BREAKER.failed(failure);
      }
    }
  }

  /** A get threw. */
  public static void failed(@Nullable ShareBook book) {
    if (book != null) {
      book.failed();
    }
  }

  /** A get threw, unless a local pool was asked, which counts for itself. */
  public static void failedUnless(@Nullable ShareBook book, int asked) {
    if (asked == 0 && book != null) {
      book.failed();
    }
  }

  /** Notes in a slot that something was reached. */
  public static int reached() {
    return 1;
  }

  static void announceOnce(ShareBook book, Object recycler, @Nullable Object made) {
    if (!book.isAnnounced()) {
      announce(book, recycler, made == null ? null : made.getClass());
    }
  }

  private static void announce(ShareBook book, Object recycler, @Nullable Class<?> type) {
    if (BREAKER.isOpen()) {
      return;
    }
    try {
      book.announce(recycler, type);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }
}
