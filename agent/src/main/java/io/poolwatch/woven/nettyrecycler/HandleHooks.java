package io.poolwatch.woven.nettyrecycler;

import static io.poolwatch.woven.nettyrecycler.NettyRecyclers.BREAKER;

import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.TrackedObject;
import io.poolwatch.guard.PooledHandle;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in the steps of a handle, by which the object that it tracks is told where it is.
 *
 * <p>A hook that counts an object as thrown away keeps it reachable until that is done: collected
 * before, it would be read as lost. Thread-safe.
 */
public final class HandleHooks {
  private HandleHooks() {}

  /** A handle becomes lent. */
  public static void lent(@Nullable TrackedObject tracked) {
    if (tracked != null) {
      tracked.lent();
    }
  }

  /** A handle becomes idle, before its owner can take it again. */
  public static void idle(@Nullable TrackedObject tracked) {
    if (tracked != null) {
      tracked.idle();
    }
  }

  /** A stack gives a handle with that, or null. */
  public static void popped(@Nullable Object tracked) {
    if (tracked instanceof TrackedObject) {
      ((TrackedObject) tracked).lent();
    }
  }

  /**
   * The pool parts with an object; apart from the hot path.
   *
   * @param handle its own, or the object itself where all have one handle
   */
  static void partedWith(Share share, @Nullable Object handle) {
    if (handle instanceof PooledHandle) {
      TrackedObject tracked = ((PooledHandle) handle).poolwatch$tracked();
      if (tracked != null) {
        tracked.removed();
      }
    } else if (handle != null) {
      share.book().partedWith(handle);
    }
  }

  static void discarded(Share share, RemovalReason reason, @Nullable Object handle) {
    share.discarded(reason);
    partedWith(share, handle);
    Reference.reachabilityFence(handle);
  }

  /** A handle takes the object that was made with it; null if the factory made none. */
  public static void tracks(@Nullable Share share, @Nullable Object handle, @Nullable Object made) {
    try {
      if (share != null && made != null && !BREAKER.isOpen()) {
        track(share, made, handle);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  private static void track(Share share, Object made, @Nullable Object handle) {
    TrackedObject tracked = share.track(made);
    if (tracked == null) {
      return;
    }
    if (handle instanceof PooledHandle) {
      ((PooledHandle) handle).poolwatch$tracked(tracked);
      if (((PooledHandle) handle).poolwatch$tracked() == tracked) {
        return;
      }
    }
    tracked.untold();
    share.book().untold();
  }

  static boolean isBack(@Nullable Object handle) {
    return handle instanceof PooledHandle && ((PooledHandle) handle).poolwatch$state() != 0;
  }
}
