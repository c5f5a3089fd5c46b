package io.poolwatch.woven.nettyrecycler;

import static io.poolwatch.woven.nettyrecycler.NettyRecyclers.BREAKER;

import io.poolwatch.book.ShareBook;
import org.jspecify.annotations.Nullable;

/**
 * Hooks of the experiment, which by default are not woven: while it has its turn, {@code get} makes
 * an object with the handle that takes nothing back, as for a pool that is switched off.
 * Thread-safe.
 */
public final class UnpooledHooks {
  private UnpooledHooks() {}

  /** Whether a get is to be served by plain creation, as an int. */
  public static int isDue(@Nullable ShareBook book) {
    return book != null && book.isUnpooled() ? 1 : 0;
  }

  /** A get was; its object is not looked at, since it may live in registers. */
  public static void made(@Nullable ShareBook book) {
    try {
      if (book != null) {
        book.missUnpooled();
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }
}
