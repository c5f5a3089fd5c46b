package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.KeyShare;
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
    return byPhase(book, pooled, life, phase, RemovalReason.ERROR, "borrowObject");
  }

  /** The evictor destroys an object. Gives the phase. */
  public static int inEviction(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, int phase) {
    return byPhase(book, pooled, life, phase, RemovalReason.EVICTED, "the evictor");
  }

  private static int byPhase(
      @Nullable ObjectBook book,
      Object pooled,
      @Nullable Object life,
      int phase,
      RemovalReason otherwise,
      String path) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        if (phase == Phase.VALIDATING) {
          book.validationFailed();
        }
        RemovalReason reason =
            phase == Phase.NONE
                ? otherwise
                : phase == Phase.INVALID ? RemovalReason.INVALID : RemovalReason.ERROR;
        remove(book, Lives.of(pooled, life), reason, path);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return Phase.NONE;
  }

  /** A path that is about to destroy an object; it may not be the first. */
  private static void remove(ObjectBook book, Life life, RemovalReason reason, String path) {
    if (!book.removed(life, reason) && life.isRemoved()) {
      Misuse.overlap(book, life, path);
    }
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

  /** The same from 2.9, where an argument tells abandoned objects from others. */
  public static int invalidating(@Nullable Object destroyMode) {
    int behalf = invalidating();
    return destroyMode instanceof Enum && ABANDONED_MODE.equals(((Enum<?>) destroyMode).name())
        ? Marks.ABANDONED
        : behalf;
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
          boolean idle = removed.isIdle();
          boolean abandoned = behalf == Marks.ABANDONED;
          remove(
              book,
              removed,
              abandoned ? RemovalReason.ABANDONED : RemovalReason.INVALIDATED,
              "invalidateObject");
          if (idle && !abandoned) {
            Misuse.invalidatedIdle(book, removed);
          }
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return 1;
  }

  /** {@code invalidateObject} returns. */
  public static void invalidationEnds(
      @Nullable ObjectBook book,
      int behalf,
      int done,
      @Nullable Object object,
      @Nullable Object known) {
    if (done == 0 && book != null) {
      // One that is known was destroyed by another call in the meantime, which counted it.
      strayed(book, behalf, known == Misuse.NO_RECORD ? object : null, false);
    }
  }

  /** {@code invalidateObject} throws. */
  public static void invalidationFails(
      @Nullable ObjectBook book,
      int behalf,
      int done,
      @Nullable Object object,
      @Nullable Object known,
      @Nullable Object thrown) {
    if (done == 0 && book != null) {
      boolean refused =
          thrown instanceof IllegalStateException || thrown instanceof NullPointerException;
      strayed(book, behalf, known == Misuse.NO_RECORD && refused ? object : null, true);
    }
  }

  private static void strayed(
      ObjectBook book, int behalf, @Nullable Object object, boolean refused) {
    if (behalf == Marks.ERODED) {
      book.rejected(); // to the service, it was a return
    }
    if (behalf != Marks.ABANDONED) {
      Misuse.unknown(book, object, refused);
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
        remove(
            book,
            Lives.of(pooled, life),
            poolClosed ? RemovalReason.CLOSED : RemovalReason.CLEARED,
            "clear");
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
          if (Marks.take() == Marks.OLDEST_FOR_ROOM) {
            book.removedForOtherKey(removed);
          } else {
            book.removed(removed, RemovalReason.CLEARED);
          }
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /**
   * A keyed pool forgets a key. What it has there yet is lost: where it destroyed an object twice
   * it counts one too few under the key, and takes it for empty; seen in 2.0 to 2.13.1.
   */
  public static void forgotten(@Nullable ObjectBook book, @Nullable Object keyShare) {
    try {
      if (book != null && keyShare != null && !BREAKER.isOpen()) {
        book.forgotten((KeyShare) keyShare);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A pool is about to have its factory destroy an object. */
  public static void leaving(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, @Nullable Object object) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        Misuse.left(book, object, Lives.of(pooled, life).removalReason());
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A soft pool destroys the object that it was given, or drops one that was idle. */
  public static void leaving(@Nullable ObjectBook book, @Nullable Object object) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        Misuse.left(book, object, null);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }
}
