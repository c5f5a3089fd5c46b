package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import org.jspecify.annotations.Nullable;

/**
 * Hooks where a pool parts with an object other than by a return. The reason follows from the path
 * that leads to {@code destroy}, and from the phase that it is in.
 */
public final class RemovalHooks {
  private static final String ABANDONED_MODE = "ABANDONED";

  private RemovalHooks() {}

  /** The pool destroys an object because a call of the factory on it failed. Gives the phase. */
  public static int unfit(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, int phase) {
    return byPhase(book, pooled, life, phase, RemovalReason.ERROR);
  }

  /** The evictor destroys an object. Gives the phase. */
  public static int inEviction(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, int phase) {
    return byPhase(book, pooled, life, phase, RemovalReason.EVICTED);
  }

  private static int byPhase(
      @Nullable ObjectBook book,
      Object pooled,
      @Nullable Object life,
      int phase,
      RemovalReason otherwise) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        if (phase == Phase.VALIDATING) {
          book.validationFailed();
        }
        RemovalReason reason =
            phase == Phase.NONE
                ? otherwise
                : phase == Phase.INVALID ? RemovalReason.INVALID : RemovalReason.ERROR;
        book.removed(Lives.of(pooled, life), reason);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return Phase.NONE;
  }

  /** A method that validates throws. */
  public static void failed(@Nullable ObjectBook book, int phase) {
    if (phase == Phase.VALIDATING && book != null) {
      book.validationFailed();
    }
  }

  /** {@code invalidateObject} begins. Gives on whose behalf. */
  public static int invalidating() {
    try {
      return Marks.take();
    } catch (Throwable t) {
      BREAKER.failed(t);
      return Marks.NONE;
    }
  }

  /** {@code invalidateObject} destroys its object. Gives done. */
  public static int invalidated(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, int behalf) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        Life removed = Lives.of(pooled, life);
        if (behalf == Marks.ERODED) {
          ReturnHooks.discard(book, removed, RemovalReason.EVICTED);
        } else {
          book.removed(
              removed,
              behalf == Marks.ABANDONED ? RemovalReason.ABANDONED : RemovalReason.INVALIDATED);
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return 1;
  }

  /** The same from 2.9, where an argument tells abandoned objects from others. Gives done. */
  public static int invalidated(
      @Nullable ObjectBook book,
      Object pooled,
      @Nullable Object life,
      int behalf,
      @Nullable Object destroyMode) {
    boolean abandoned =
        destroyMode instanceof Enum && ABANDONED_MODE.equals(((Enum<?>) destroyMode).name());
    return invalidated(book, pooled, life, abandoned ? Marks.ABANDONED : behalf);
  }

  /** {@code invalidateObject} is over, with or without an exception. */
  public static void invalidationEnds(@Nullable ObjectBook book, int behalf, int done) {
    if (behalf == Marks.ERODED && done == 0 && book != null) {
      book.rejected(); // to the service, it was a return
    }
  }

  /** {@code removeAbandoned} of 2.0 to 2.8 calls {@code invalidateObject}. */
  public static void abandoning() {
    try {
      Marks.give(Marks.ABANDONED);
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** An eroding pool invalidates an object instead of returning it. */
  public static void eroding() {
    try {
      Marks.give(Marks.ERODED);
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A call that was given a mark is over. */
  public static void unmark() {
    try {
      Marks.take();
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** {@code clear} destroys an idle object. */
  public static void cleared(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, boolean poolClosed) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        book.removed(
            Lives.of(pooled, life), poolClosed ? RemovalReason.CLOSED : RemovalReason.CLEARED);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** {@code clearOldest} begins. Gives the mark for what it will destroy. */
  public static int clearingOldest() {
    try {
      return Marks.take() == Marks.MAKE_ROOM ? Marks.OLDEST_FOR_ROOM : Marks.OLDEST_CLEARED;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return Marks.OLDEST_CLEARED;
    }
  }

  /** {@code clearOldest} tries to destroy an object, which may have been borrowed meanwhile. */
  public static void clearingOne(int mark) {
    try {
      Marks.give(mark);
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /**
   * A keyed pool really destroys an object. All callers but {@code clearOldest} counted it already:
   * only here is it sure that the object was still idle.
   */
  public static void destroying(@Nullable ObjectBook book, Object pooled, @Nullable Object life) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        Life removed = Lives.of(pooled, life);
        if (!removed.isRemoved()) {
          book.removed(
              removed,
              Marks.take() == Marks.OLDEST_FOR_ROOM
                  ? RemovalReason.CAPACITY
                  : RemovalReason.CLEARED);
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }
}
