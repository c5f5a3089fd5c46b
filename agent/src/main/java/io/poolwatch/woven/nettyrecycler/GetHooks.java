package io.poolwatch.woven.nettyrecycler;

import static io.poolwatch.woven.nettyrecycler.NettyRecyclers.BREAKER;

import io.poolwatch.book.Share;
import io.poolwatch.book.Stacks;
import io.poolwatch.fingerprint.HandlePrints;
import io.poolwatch.guard.PooledHandle;
import io.poolwatch.guard.Quarantine;
import io.poolwatch.memory.HandleValue;
import org.jspecify.annotations.Nullable;

/** Hooks where a local pool takes out what it has. Thread-safe. */
public final class GetHooks {
  private GetHooks() {}

  /** The local pool gave this handle, or object; null if it was empty. */
  public static void acquired(@Nullable Share share, @Nullable Object handle) {
    if (handle != null && share != null) {
      share.hit(handle);
      if (Stacks.isAnyPoolArmed()) {
        Loans.begins(share, handle);
      }
    }
  }

  /**
   * The local pool takes out a handle, or object; where it is woven for the quarantine, which by
   * default it is not. One that is drawn is not passed on, and stays given back for good.
   *
   * @return the same, or null, as if there were none
   */
  public static @Nullable Object passingOn(@Nullable Share share, @Nullable Object handle) {
    try {
      // Only such a handle can tell later that its object was given back.
      if (share != null && handle instanceof PooledHandle && !BREAKER.isOpen()) {
        Object object = HandleValue.of(handle);
        if (object != null && Quarantine.isDue(share.book(), object)) {
          share.quarantined();
          HandleHooks.partedWith(share, handle);
          return null;
        }
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
    return handle;
  }

  /** The local pool gave this handle, or object; null if it was empty. */
  public static void comparing(@Nullable Share share, @Nullable Object handle) {
    try {
      if (share != null && handle != null && !BREAKER.isOpen()) {
        HandlePrints.borrowed(share.book(), handle);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }
}
