package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * An object of a {@link Share}, weakly: its collection shows a loss. Where the library keeps
 * something for each object, such as a handle, that holds this too, and tells here whether the
 * object is lent or idle: one plain store each, by whoever has the object to itself. So it is known
 * of each object that was promoted where it is now.
 *
 * <p>There may be very many of these: 48 bytes each.
 */
public final class TrackedObject extends WeakReference<Object> {
  /** Nobody tells where the object is. */
  private static final byte UNTOLD = 0;

  private static final byte LENT = 1;
  private static final byte IDLE = 2;

  /** Removed, and it had not been promoted, or that is still to be decided. */
  private static final byte REMOVED = 3;

  /** Removed after it had been promoted. */
  private static final byte REMOVED_OLD = 4;

  /** Not counted as promoted. */
  private static final byte YOUNG = 0;

  /** Counted as promoted. */
  private static final byte OLD = 1;

  /** Counted as promoted and as removed after that, or found to be nothing to count. */
  private static final byte DONE = 2;

  final Share share;
  private final long birth;

  /** What a young collection frees nevertheless. */
  private final boolean freedYoung;

  private byte state;

  // Only the ledger touches these, under its lock.
  private byte counted;
  boolean gone;

  @Nullable TrackedObject next;

  TrackedObject(Object object, ReferenceQueue<Object> queue, Share share) {
    super(object, queue);
    this.share = share;
    birth = Epochs.birth(object);
    freedYoung = birth == Epochs.BORN_OLD && Epochs.isFreedYoung(object);
  }

  /** From now on it is told where the object is, which is lent now. */
  public void tell() {
    state = LENT;
  }

  /** The object is lent. */
  public void lent() {
    state = LENT;
  }

  /** The object is in its pool. */
  public void idle() {
    state = IDLE;
  }

  /** The pool parted with the object; the caller still holds it. */
  public void removed() {
    if (state != REMOVED && state != REMOVED_OLD) {
      if (Epochs.isTenured(birth)) {
        state = REMOVED_OLD;
      } else {
        state = REMOVED;
        long now = Epochs.now();
        if (birth != now && birth != Epochs.UNKNOWN && Epochs.isOn() && !Epochs.isSettled(now)) {
          share.book().removedUnsettled(this, now);
        }
      }
    }
  }

  /** The same, if it is idle now. */
  void removedIdle() {
    if (state == IDLE) {
      removed();
    }
  }

  boolean isTold() {
    return state != UNTOLD;
  }

  /** Adds what this object is now. Under the ledger's lock. */
  void count(Promotions promotions, TrackedNow into) {
    if (counted == DONE) {
      return;
    }
    // Asked first: if it was promoted before the state was read, it was in that state.
    boolean old = counted == OLD || Epochs.isTenured(birth) || isPromotedOutOfTurn();
    byte now = state;
    if (now >= REMOVED) {
      ended(promotions, now == REMOVED_OLD);
      return;
    }
    if (old) {
      promoted(promotions);
    }
    into.add(now == IDLE, old, freedYoung);
  }

  private boolean isPromotedOutOfTurn() {
    if (!Epochs.mayBeOutOfTurn(birth)) {
      return false;
    }
    // Of collectors that stop the service for all they do: this keeps nothing alive.
    Object object = get();
    return object != null && Epochs.isPromotedOutOfTurn(object, birth);
  }

  /**
   * It was found out, later than it was removed, that it had been promoted before. Under the
   * ledger's lock.
   */
  void removedOld(Promotions promotions) {
    if (counted != OLD) {
      promotions.promoted(birth);
      promotions.removed(freedYoung);
      counted = DONE;
    }
  }

  /** Whether it had been promoted at a moment. */
  boolean wasTenured(long at) {
    return Epochs.wasTenured(birth, at);
  }

  /**
   * The object is no more. Under the ledger's lock.
   *
   * @param at a moment when it was there for certain, as {@link Epochs} stamps it
   */
  void lost(Promotions promotions, long at) {
    if (counted != DONE) {
      byte now = state;
      ended(promotions, now == REMOVED_OLD || now < REMOVED && Epochs.wasTenured(birth, at));
    }
  }

  private void ended(Promotions promotions, boolean old) {
    if (old) {
      promoted(promotions);
    }
    if (counted == OLD) {
      promotions.removed(freedYoung);
    }
    counted = DONE;
  }

  private void promoted(Promotions promotions) {
    if (counted == YOUNG) {
      counted = OLD;
      promotions.promoted(birth);
    }
  }
}
