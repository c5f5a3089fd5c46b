package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.guard.Wards;
import org.jspecify.annotations.Nullable;

/**
 * Hooks around the calls of the factory: while one is at work on an object, the object is in the
 * pool's hands, and calls of its methods are no use of it.
 */
public final class GuardHooks {
  private GuardHooks() {}

  /** A borrow is about to activate an object. Gives its life, if any is guarded. */
  public static @Nullable Life taken(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life) {
    try {
      if (book != null && book.isGuarded() && !BREAKER.isOpen()) {
        Life taken = Lives.of(pooled, life);
        Wards.taken(taken);
        return taken;
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return null;
  }

  /**
   * A borrow is about to part with an object that it could not make ready, or dies of it. Gives
   * nothing, so that it is not told twice.
   */
  public static @Nullable Life unfit(@Nullable Life taken) {
    try {
      if (taken != null) {
        Wards.lent(taken);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return null;
  }

  /** A return threw out of the factory's validation. */
  static void returnFailed(Object pooled, @Nullable Object life) {
    try {
      if (Wards.isOn() && !BREAKER.isOpen()) {
        Wards.idle(Lives.of(pooled, life));
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A return is about to validate or passivate an object. */
  public static void returning(@Nullable ObjectBook book, Object pooled, @Nullable Object life) {
    try {
      if (book != null && book.isGuarded() && !BREAKER.isOpen()) {
        Wards.returning(Lives.of(pooled, life));
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /**
   * The evictor is about to call something of the service's on an idle object. Gives its life, if
   * the end of that call is to be told.
   */
  public static @Nullable Life handling(Object pooled, @Nullable Object life) {
    try {
      if (Wards.isOn() && !BREAKER.isOpen()) {
        Life handled = Lives.of(pooled, life);
        Wards.handling(handled);
        return handled;
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return null;
  }

  /** That call is over, or threw. Gives nothing, so that it is not told twice. */
  public static @Nullable Life handled(@Nullable Life life) {
    try {
      if (life != null) {
        Wards.handled(life);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return null;
  }

  /** The factory is about to destroy an object. Gives its life. */
  public static @Nullable Life destroying(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life) {
    try {
      if (!Wards.isOn() || BREAKER.isOpen()) {
        return null;
      }
      Life destroyed = Lives.of(pooled, life);
      int atWork = Wards.destroying(destroyed);
      if (atWork != Wards.NOBODY && book != null && !book.isSerial()) {
        Misuse.destroyedDuring(book, destroyed, atWork);
      }
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
