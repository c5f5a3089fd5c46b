package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Life;
import io.poolwatch.guard.Wards;
import org.jspecify.annotations.Nullable;

/**
 * Hooks around the calls of the factory: while one is at work on an object, the object is in the
 * pool's hands, and calls of its methods are no use of it.
 */
public final class GuardHooks {
  private GuardHooks() {}

  /** A borrow is about to activate an object. */
  public static void taken(Object pooled, @Nullable Object life) {
    try {
      if (Wards.isOn() && !BREAKER.isOpen()) {
        Wards.taken(Lives.of(pooled, life));
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A return is about to validate or passivate an object. */
  public static void returning(Object pooled, @Nullable Object life) {
    try {
      if (Wards.isOn() && !BREAKER.isOpen()) {
        Wards.returning(Lives.of(pooled, life));
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** The evictor is about to call something of the service's on an idle object. */
  public static void handling(Object pooled, @Nullable Object life) {
    try {
      if (Wards.isOn() && !BREAKER.isOpen()) {
        Wards.handling(Lives.of(pooled, life));
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** That call is over. */
  public static void handled(Object pooled, @Nullable Object life) {
    try {
      if (Wards.isOn() && !BREAKER.isOpen()) {
        Wards.handled(Lives.of(pooled, life));
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** The evictor is about to destroy an object; the phase tells whether a call on it threw. */
  public static void condemned(Object pooled, @Nullable Object life, int phase) {
    if (phase != Phase.NONE && phase != Phase.INVALID) {
      handled(pooled, life);
    }
  }

  /** The factory is about to destroy an object. Gives its life. */
  public static @Nullable Life destroying(Object pooled, @Nullable Object life) {
    try {
      if (!Wards.isOn() || BREAKER.isOpen()) {
        return null;
      }
      Life destroyed = Lives.of(pooled, life);
      Wards.handling(destroyed);
      return destroyed;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** The factory destroyed it, or threw. Gives nothing, so that it is not told twice. */
  public static @Nullable Life destroyed(@Nullable Life life) {
    try {
      if (life != null) {
        Wards.gone(life);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return null;
  }
}
