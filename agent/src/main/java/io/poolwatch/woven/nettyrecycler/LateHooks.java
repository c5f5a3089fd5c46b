package io.poolwatch.woven.nettyrecycler;

import static io.poolwatch.woven.nettyrecycler.NettyRecyclers.BREAKER;

import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import org.jspecify.annotations.Nullable;

/**
 * What is woven into Recyclers that were loaded before the agent: each hook looks the share of the
 * local pool up, since nothing can hang on it. A hit and a return take one look-up each, without a
 * lock and without an allocation.
 *
 * <p>A local pool gets its share at the first get that is seen, because only there it is told whose
 * it is. What comes back to it before that was lent before it was watched, and is not counted.
 * Thread-safe.
 */
public final class LateHooks {
  private LateHooks() {}

  /** The local pool gave this handle, or object; null if it was empty. */
  public static void got(Object recycler, Object localPool, @Nullable Object handle) {
    try {
      if (handle != null) {
        Share share = LateShares.known(localPool);
        if (share != null) {
          share.hit(handle);
        } else {
          firstGot(recycler, localPool, handle);
        }
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  private static void firstGot(Object recycler, Object localPool, Object handle) {
    if (!BREAKER.isOpen()) {
      Share share = LateShares.of(recycler, localPool);
      share.hit(handle);
      LateShares.announce(recycler, share, handle);
    }
  }

  /** The share of a local pool that is about to make an object. */
  public static @Nullable Share missed(Object recycler, Object localPool) {
    try {
      return BREAKER.isOpen() ? null : LateShares.of(recycler, localPool);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  /**
   * A local pool is asked whether a new object may come back; of those without room no share is.
   */
  public static void admits(Object localPool, int ratioInterval) {
    try {
      if (ratioInterval < 0) {
        LateShares.disabled(localPool);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /**
   * The factory returned normally, in a local pool's own method.
   *
   * @param pooled what {@link BuildHooks#pooled} said
   */
  public static void madeIn(Object recycler, Object localPool, int pooled, @Nullable Object made) {
    boolean disabled;
    try {
      disabled = pooled == 0 && LateShares.isDisabled(localPool);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return;
    }
    made(recycler, disabled ? null : missed(recycler, localPool), pooled, made);
  }

  /**
   * The factory returned normally.
   *
   * @param share of the local pool that was asked, or null if none was: the pool is switched off
   * @param pooled what {@link BuildHooks#pooled} said
   */
  public static void made(
      Object recycler, @Nullable Share share, int pooled, @Nullable Object made) {
    ShareBook book = share == null ? book(recycler) : share.book();
    if (book == null) {
      return;
    }
    if (share == null) {
      book.missDisabled();
    } else if (pooled == 0) {
      share.missNotAdmitted();
    } else {
      share.miss();
    }
    RecyclerHooks.announceOnce(book, recycler, made);
  }

  /** A get threw. */
  public static void failed(Object recycler) {
    RecyclerHooks.failed(book(recycler));
  }

  /** A get threw, unless a local pool was asked, which counts for itself. */
  public static void failedUnless(Object recycler, int asked) {
    if (asked == 0) {
      failed(recycler);
    }
  }

  private static @Nullable ShareBook book(Object recycler) {
    try {
      return BREAKER.isOpen() ? null : LateShares.book(recycler);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  /**
   * The share of a local pool to which an object is given back; null if it is not known, or null.
   */
  public static @Nullable Share share(@Nullable Object localPool) {
    try {
      return localPool == null ? null : LateShares.known(localPool);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  /** An object is about to be put back; the loan ends, whatever becomes of it. */
  public static void releasing(@Nullable Share share, @Nullable Object handle) {
    if (share != null && handle != null) {
      share.loanEnded(handle);
    }
  }

  /** A return threw: the object was back already, or was not this handle's. */
  public static void rejected(@Nullable Object localPool, Object handle, @Nullable Object thrown) {
    ReturnHooks.rejected(share(localPool), handle, thrown);
  }

  /** A return through the Recycler threw, before the handle was asked, which counts for itself. */
  public static void rejectedUnless(
      Object recycler, int delegated, @Nullable Object handle, @Nullable Object thrown) {
    if (delegated == 0) {
      StackHooks.rejectedUnless(book(recycler), delegated, handle, thrown);
    }
  }

  /** A return through the Recycler ends; it is false for another Recycler's objects. */
  public static void recycledThroughPool(
      Object recycler, boolean taken, @Nullable Object handle, @Nullable Object noop) {
    if (!taken && handle != noop) {
      StackHooks.recycledThroughPool(book(recycler), taken, handle, noop);
    }
  }
}
