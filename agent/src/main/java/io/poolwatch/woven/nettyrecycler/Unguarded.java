package io.poolwatch.woven.nettyrecycler;

import io.poolwatch.book.Breaker;
import io.poolwatch.book.Life;
import io.poolwatch.book.Share;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.guard.LooseObjects;
import io.poolwatch.guard.Wards;
import io.poolwatch.violation.Violations;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of unguarded Recyclers, from 4.2.7 on: their objects share one handle, which notices
 * nothing, so each object is known by its identity. Netty's own objects are left alone: those of
 * its allocator come this way at each buffer, and have a reference count. Thread-safe.
 */
public final class Unguarded {
  private static final String NETTY = ".netty.";

  private Unguarded() {}

  private static Breaker breaker() {
    return NettyRecyclers.SYSTEM.breaker();
  }

  /**
   * A Recycler made an object that can come back.
   *
   * @param share null beside a book that nobody keeps
   */
  static void made(@Nullable Share share, Object made) {
    if (share == null || breaker().isOpen()) {
      return;
    }
    try {
      Life life = null;
      if (Wards.isOn() && !made.getClass().getName().contains(NETTY)) {
        share.book().watchObjects();
        life = LooseObjects.made(share.book(), made);
      }
      share.know(made, life);
    } catch (Throwable failure) {
      breaker().failed(failure);
    }
  }

  /** The local pool gave this object; null if it was empty. */
  public static void taken(@Nullable Share share, @Nullable Object object) {
    if (share != null && object != null && share.book().watchesObjects()) {
      try {
        LooseObjects.taken(share.book(), object);
      } catch (Throwable failure) {
        breaker().failed(failure);
      }
    }
  }

  /** An object is about to be put back. */
  public static void given(@Nullable Share share, @Nullable Object object) {
    if (share != null && object != null && share.book().watchesObjects()) {
      try {
        Life twice = breaker().isOpen() ? null : LooseObjects.given(share.book(), object);
        if (twice != null) {
          Violations.found(
              share.book(),
              ViolationKind.DOUBLE_RETURN,
              object.getClass().getName(),
              twice,
              "the pool did not notice, and may lend it twice");
        }
      } catch (Throwable failure) {
        breaker().failed(failure);
      }
    }
  }
}
