package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.KeyShare;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.guard.Wards;
import org.jspecify.annotations.Nullable;

/**
 * Hooks where a pool makes an object and puts it among the idle ones without lending it.
 *
 * <p>From 2.7 a new object that fails {@code testOnCreate} never enters the pool and is not
 * destroyed either: it is counted as created and removed at once.
 */
public final class CreateHooks {
  private CreateHooks() {}

  /** The factory is about to make an object. Gives the time. */
  public static long making() {
    return System.nanoTime();
  }

  /**
   * The factory made an object. Gives its life.
   *
   * @param since when the factory was called, as {@link #making} said
   */
  public static @Nullable Life built(
      @Nullable ObjectBook book,
      @Nullable Object pooled,
      @Nullable Object life,
      @Nullable Object object,
      @Nullable Object state,
      long since) {
    try {
      if (pooled == null) {
        return null;
      }
      if (book != null && object != null && Misuse.isInvalid(state)) {
        Misuse.builtInvalid(book, Lives.of(pooled, life), object, since);
      }
      Life made = Lives.made(pooled, life);
      if (book != null && (made.isLent() || made.isIdle())) {
        Misuse.builtTwice(book, made);
      }
      return made;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** {@code create} found the pool's record of its key; gives what is kept of the key. */
  public static @Nullable Object under(
      @Nullable ObjectBook book, @Nullable Object keyShare, @Nullable Object key) {
    try {
      if (book != null && keyShare != null) {
        book.asked((KeyShare) keyShare, key);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return keyShare;
  }

  /** {@code create} returns. */
  public static void created(
      @Nullable ObjectBook book,
      @Nullable Life built,
      @Nullable Object pooled,
      @Nullable Object object,
      @Nullable Object keyShare) {
    try {
      if (book == null || built == null) {
        return;
      }
      if (pooled != null) {
        if (object != null && !built.isIdle() && !built.isLent()) {
          book.track(built, object);
        }
        book.created(built, object, (KeyShare) keyShare);
        Life present = Wards.made(book, built, object);
        if (present != null) {
          Misuse.builtTwice(book, present);
        }
      } else {
        book.stillborn(built, RemovalReason.INVALID);
        Marks.give(Marks.STILLBORN);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** {@code create} throws. An object that was built already is lost. */
  public static void failed(
      @Nullable ObjectBook book, @Nullable Life built, int phase, int waiting) {
    try {
      Marks.take();
      if (book == null) {
        return;
      }
      if (waiting != 0) {
        book.waitEnds();
      }
      if (phase == Phase.VALIDATING) {
        book.validationFailed();
      }
      if (built != null) {
        book.stillborn(built, RemovalReason.ERROR);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** {@code create} waits for another thread's {@code makeObject}. Gives whether it waits. */
  public static int waiting(@Nullable ObjectBook book) {
    if (book == null) {
      return 0;
    }
    book.waitBegins();
    return 1;
  }

  /** That wait is over. Gives whether it waits. */
  public static int waited(@Nullable ObjectBook book, int waiting) {
    if (book != null && waiting != 0) {
      book.waitEnds();
    }
    return 0;
  }

  /** {@code create} clears the oldest objects of other keys to have room for its own. */
  public static void makingRoom() {
    try {
      Marks.give(Marks.MAKE_ROOM);
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** That is done. */
  public static void madeRoom() {
    try {
      Marks.take();
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** An object, or null if none could be made, is put among the idle ones without a loan. */
  public static void shelved(
      @Nullable ObjectBook book, @Nullable Object pooled, @Nullable Object life) {
    try {
      if (book != null && pooled != null && !BREAKER.isOpen()) {
        Life shelved = Lives.of(pooled, life);
        book.shelved(shelved);
        Wards.idle(shelved);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** The factory validated an object. Gives the phase. */
  public static int validated(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, boolean valid) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        if (valid) {
          book.valid(Lives.of(pooled, life));
        } else {
          book.invalid();
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return valid ? Phase.NONE : Phase.INVALID;
  }
}
