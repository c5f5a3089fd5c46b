package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Companion;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.fingerprint.Fingerprints;
import io.poolwatch.fingerprint.Resets;
import io.poolwatch.guard.Wards;
import io.poolwatch.violation.LoanTrail;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in {@code returnObject}. Its slot <em>done</em> says whether the return was counted; one
 * that ends without is a refused one, whether the pool threw or kept silent.
 */
public final class ReturnHooks {
  private ReturnHooks() {}

  /** The pool puts the object among its idle ones. Gives done. */
  public static int pooled(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, @Nullable Object object) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        Life returned = Lives.of(pooled, life);
        boolean timed = returned.isTimed();
        if (!book.returned(returned)) {
          Misuse.returnedOddly(book, returned);
        }
        if (book.stackDue()) {
          LoanTrail.returned(returned);
        }
        if (book.isGuarded()) {
          Wards.idle(returned);
        }
        Companion resets = book.resets();
        if (resets != null) {
          Resets.returned(resets, object);
        }
        if (timed && object != null) {
          book.costs().sized(object);
        }
        if (Fingerprints.isDue(returned)) {
          Fingerprints.take(book, returned, object);
        }
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return 1;
  }

  /**
   * The pool destroys the object that was given back. Gives done.
   *
   * @param drawn whether the object goes into quarantine
   */
  public static int discarded(
      @Nullable ObjectBook book,
      Object pooled,
      @Nullable Object life,
      int phase,
      boolean poolClosed,
      int drawn) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        if (phase == Phase.VALIDATING) {
          book.validationFailed();
        }
        RemovalReason reason = reason(phase, poolClosed, drawn);
        Life discarded = Lives.of(pooled, life);
        discard(book, discarded, reason);
        Wards.idle(discarded);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return 1;
  }

  private static RemovalReason reason(int phase, boolean poolClosed, int drawn) {
    if (phase != Phase.NONE) {
      return phase == Phase.INVALID ? RemovalReason.INVALID : RemovalReason.ERROR;
    }
    if (poolClosed) {
      return RemovalReason.CLOSED;
    }
    return drawn != 0 ? RemovalReason.QUARANTINED : RemovalReason.CAPACITY;
  }

  /** Discards an object; to 2.3 a pool takes also one that is not lent. */
  static void discard(ObjectBook book, Life life, RemovalReason reason) {
    if (!book.discarded(life, reason)) {
      boolean idle = life.isIdle();
      boolean removed = book.removed(life, reason);
      book.discardedUntold();
      if (!removed) {
        Misuse.overlap(book, life, "returnObject");
      } else if (idle) {
        Misuse.discardedIdle(book, life);
      }
    }
  }

  /** The pool looked up the record of the object that is given back. Gives known. */
  public static Object known(@Nullable Object pooled) {
    return pooled == null ? Misuse.NO_RECORD : pooled;
  }

  /** The return is over. */
  public static void end(@Nullable ObjectBook book, int done, @Nullable Object object) {
    if (done == 0 && book != null) {
      book.rejected();
      Misuse.unknown(book, object, false);
    }
  }

  /**
   * The return throws.
   *
   * @param known what {@link #known} gave, or null if the pool did not get so far
   * @param life of that record
   * @param state of that record
   */
  public static void failed(
      @Nullable ObjectBook book,
      int done,
      int phase,
      @Nullable Object object,
      @Nullable Object known,
      @Nullable Object life,
      @Nullable Object state,
      @Nullable Object thrown) {
    if (done == 0 && book != null) {
      if (phase == Phase.VALIDATING) {
        book.validationFailed();
      }
      book.rejected();
      // What a factory throws says nothing of the caller.
      if (phase == Phase.NONE) {
        Misuse.refused(book, object, known, life, state, thrown);
      } else if (known != null && known != Misuse.NO_RECORD) {
        GuardHooks.returnFailed(known, life);
      }
    }
  }
}
