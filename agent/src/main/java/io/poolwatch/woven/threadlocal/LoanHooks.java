package io.poolwatch.woven.threadlocal;

import io.poolwatch.book.Breaker;
import io.poolwatch.book.Life;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.fingerprint.HandlePrints;
import io.poolwatch.guard.LooseObjects;
import io.poolwatch.guard.Wards;
import io.poolwatch.violation.Handles;
import io.poolwatch.violation.Violations;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * The hooks that run at each get and put of the bundled pool, where that is asked for: by default
 * they are not woven. Thread-safe.
 */
public final class LoanHooks {
  // Plain: written before there are pools.
  private static boolean guards;
  private static boolean prints;

  private LoanHooks() {}

  /**
   * Says what is woven; to be called once, before any pool.
   *
   * @param guarded whether uses of objects that lie in a pool are looked for
   * @param printed whether writes to them are
   */
  public static void weave(boolean guarded, boolean printed) {
    guards = guarded;
    prints = printed;
  }

  /** The kinds of violations that are found. */
  static EnumSet<ViolationKind> violations() {
    EnumSet<ViolationKind> kinds = EnumSet.of(ViolationKind.DOUBLE_RETURN, ViolationKind.LEAK);
    if (guards) {
      kinds.add(ViolationKind.USE_AFTER_RETURN);
    }
    if (prints) {
      kinds.add(ViolationKind.WRITE_AFTER_RETURN);
    }
    return kinds;
  }

  private static Breaker breaker() {
    return ThreadLocalPoolHooks.SYSTEM.breaker();
  }

  /** An object was made for a get. */
  static void made(ThreadLocalBook book, Object object) {
    if (guards) {
      LooseObjects.made(book, object);
    }
  }

  /** Whether {@link #given} has found out that the pool has an object twice. */
  static boolean knowsTwice(ThreadLocalBook book, Object object) {
    return guards && Wards.isShared(book, object);
  }

  /** A get hands out an object that was put. */
  public static void taken(@Nullable ThreadLocalBook book, @Nullable Object object) {
    if (book == null || object == null || breaker().isOpen()) {
      return;
    }
    try {
      if (prints) {
        HandlePrints.borrowed(book, object);
      }
      if (guards) {
        LooseObjects.taken(book, object);
      }
    } catch (Throwable failure) {
      breaker().failed(failure);
    }
  }

  /**
   * A put, whose checks and reset are done, is about to keep an object or to let it go.
   *
   * @return the object's life, if the pool had the object already; null normally
   */
  public static @Nullable Life given(@Nullable ThreadLocalBook book, @Nullable Object object) {
    if (book == null || object == null || breaker().isOpen()) {
      return null;
    }
    try {
      if (prints) {
        Handles.returned(object, book.stackDue());
        HandlePrints.returned(book, object);
      }
      return guards ? LooseObjects.given(book, object) : null;
    } catch (Throwable failure) {
      breaker().failed(failure);
      return null;
    }
  }

  /** A put ends; it was one of an object that the pool had. */
  public static void ended(
      @Nullable ThreadLocalBook book, @Nullable Life twice, @Nullable Object object) {
    if (twice == null || book == null || object == null) {
      return;
    }
    try {
      book.putTwice();
      Violations.counted(
          book, ViolationKind.DOUBLE_RETURN, object.getClass().getName(), twice, null);
    } catch (Throwable failure) {
      breaker().failed(failure);
    }
  }
}
