package io.poolwatch.woven.nettyrecycler;

import static io.poolwatch.woven.nettyrecycler.NettyRecyclers.BREAKER;

import io.poolwatch.book.Companion;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.Stacks;
import io.poolwatch.fingerprint.HandlePrints;
import io.poolwatch.fingerprint.Resets;
import io.poolwatch.memory.HandleValue;
import io.poolwatch.violation.Handles;
import org.jspecify.annotations.Nullable;

/** Hooks where an object is given back, in all generations. Thread-safe. */
public final class ReturnHooks {
  private ReturnHooks() {}

  /** An object is about to be put back; the loan ends, whatever becomes of it. */
  public static void releasing(@Nullable Share share, @Nullable Object handle) {
    if (share != null && handle != null) {
      share.loanEnded(handle);
      if (Stacks.isAnyPoolArmed()) {
        Loans.ends(share, handle);
      }
    }
  }

  /** The same, where the library refuses what is back already only after it. */
  public static void releasingUnlessBack(@Nullable Share share, @Nullable Object handle) {
    if (share != null && handle != null) {
      share.loanEnded(handle);
      if (Stacks.isAnyPoolArmed() && !HandleHooks.isBack(handle)) {
        Loans.ends(share, handle);
      }
    }
  }

  /** The same, where fingerprints are woven in, which by default they are not. */
  public static void printing(@Nullable Share share, @Nullable Object handle) {
    try {
      if (share != null && handle != null && !BREAKER.isOpen()) {
        HandlePrints.returned(share.book(), handle);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** The same, where the way objects come back is woven in, which by default it is not. */
  public static void resetting(@Nullable Share share, @Nullable Object handle) {
    try {
      if (share != null && handle != null && !BREAKER.isOpen()) {
        Companion resets = share.book().resets();
        if (resets != null) {
          Resets.returned(resets, HandleValue.of(handle));
        }
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** The owner put the object among its own. */
  public static int keptByOwner(@Nullable Share share) {
    if (share != null) {
      share.returnedByOwner();
    }
    return 1;
  }

  /** The object was offered to the queue. */
  public static int offered(@Nullable Share share, boolean accepted, @Nullable Object handle) {
    if (share != null) {
      if (accepted) {
        share.returned();
      } else {
        HandleHooks.discarded(share, RemovalReason.CAPACITY, handle);
      }
    }
    return 1;
  }

  /**
   * A release ends.
   *
   * @param settled whether {@link #keptByOwner} or {@link #offered} was reached; if not, the local
   *     pool has let go of its queue, because its owner is gone
   */
  public static void released(@Nullable Share share, int settled, @Nullable Object handle) {
    if (settled == 0 && share != null) {
      HandleHooks.discarded(share, RemovalReason.OWNER_GONE, handle);
    }
  }

  /** A return threw: the object was back already, or was not this handle's. */
  public static void rejected(@Nullable Share share, Object handle, @Nullable Object thrown) {
    if (share != null) {
      share.rejected();
      refused(share.book(), handle, thrown);
    }
  }

  static void refused(PoolBook book, @Nullable Object handle, @Nullable Object thrown) {
    if (BREAKER.isOpen()) {
      return;
    }
    try {
      if (thrown instanceof IllegalStateException) {
        Handles.returnedTwice(book, handle);
      } else if (thrown instanceof IllegalArgumentException) {
        Handles.returnedElsewhere(book, "the object was given back through another one's handle");
      } else if (thrown instanceof NullPointerException && HandleHooks.isBack(handle)) {
        // Generation 1 takes the stack from a handle that another thread gave back.
        Handles.returnedTwice(book, handle);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  static void twice(PoolBook book, Object handle) {
    if (BREAKER.isOpen()) {
      return;
    }
    try {
      Handles.returnedTwice(book, handle);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }
}
