package io.poolwatch.woven.nettyrecycler;

import static io.poolwatch.woven.nettyrecycler.NettyRecyclers.BREAKER;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.violation.Handles;
import org.jspecify.annotations.Nullable;

/** Hooks where an object is given back to generation 1's stacks and queues. Thread-safe. */
public final class StackHooks {
  private StackHooks() {}

  /** The stack asked whether the ratio refuses an object. */
  public static int refusedByRatio(
      @Nullable Share share, boolean refused, @Nullable Object handle) {
    if (refused && share != null) {
      HandleHooks.discarded(share, RemovalReason.NOT_ADMITTED, handle);
    }
    return refused ? 1 : 0;
  }

  /**
   * A push ends.
   *
   * @param settled whether it is known what became of the object; if not, there was no room
   */
  public static void pushed(@Nullable Share share, int settled, @Nullable Object handle) {
    if (settled == 0 && share != null) {
      HandleHooks.discarded(share, RemovalReason.CAPACITY, handle);
    }
  }

  /** Several threads give one object back at a time; the library takes it from the first alone. */
  public static int raced(@Nullable Share share, boolean won, Object handle) {
    if (!won && share != null) {
      share.rejected();
      ReturnHooks.twice(share.book(), handle);
    }
    return won ? 0 : 1;
  }

  /**
   * A thread gives back what another one borrowed, in a release that does not look whether the
   * object is back already: it takes it twice, and the next get or the one after throws.
   */
  public static void givenByOther(@Nullable Share share, @Nullable Object handle) {
    if (share != null && handle != null && HandleHooks.isBack(handle)) {
      ReturnHooks.twice(share.book(), handle);
    }
  }

  private static void elsewhere(PoolBook book) {
    if (BREAKER.isOpen()) {
      return;
    }
    try {
      Handles.returnedElsewhere(book, "the object belongs to another Recycler");
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** The object is about to be visible to the stack's owner. */
  public static int queued(@Nullable Share share) {
    if (share != null) {
      share.returned();
    }
    return 1;
  }

  /**
   * A queue's add ends.
   *
   * @param settled whether it is known what became of the object
   * @param askedForRoom if it is not: whether room was asked for, which then was refused; before
   *     that comes the ratio
   */
  public static void added(
      @Nullable Share share, int settled, int askedForRoom, @Nullable Object handle) {
    if (settled == 0 && share != null) {
      HandleHooks.discarded(
          share, askedForRoom == 0 ? RemovalReason.NOT_ADMITTED : RemovalReason.CAPACITY, handle);
    }
  }

  /** The owner takes an object over from a queue, unless the ratio refuses it only now. */
  public static void droppedAtTransfer(
      @Nullable Share share, boolean dropped, @Nullable Object handle) {
    if (dropped && share != null) {
      share.removedIdle(RemovalReason.NOT_ADMITTED);
      HandleHooks.partedWith(share, handle);
    }
  }

  /** A return through the Recycler threw, before the handle was asked, which counts for itself. */
  public static void rejectedUnless(
      @Nullable ShareBook book, int delegated, @Nullable Object handle, @Nullable Object thrown) {
    if (delegated == 0 && book != null) {
      book.rejected();
      ReturnHooks.refused(book, handle, thrown);
    }
  }

  /** A return through the Recycler ends; it is false for another Recycler's objects. */
  public static void recycledThroughPool(
      @Nullable ShareBook book, boolean taken, @Nullable Object handle, @Nullable Object noop) {
    if (!taken && handle != noop && book != null) {
      book.rejected();
      elsewhere(book);
    }
  }
}
