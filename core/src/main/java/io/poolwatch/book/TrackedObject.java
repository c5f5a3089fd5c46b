package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * An object of a pool, weakly: its collection shows a loss. Where the library keeps something for
 * each object, such as a handle, that holds this too, and tells here whether the object is lent or
 * idle: one plain store each, by whoever has the object to itself. So it is known of each object
 * that was promoted where it is now.
 *
 * <p>Where not each object is tracked, one stands for those that were made since the one before.
 *
 * <p>There may be very many of these: 48 bytes each.
 */
public class TrackedObject extends WeakReference<Object> {
  /** Nobody tells where the object is. */
  static final byte UNTOLD = 0;

  static final byte LENT = 1;
  static final byte IDLE = 2;

  /** Removed, and it had not been promoted, or that is still to be decided. */
  static final byte REMOVED = 3;

  /** Removed after it had been promoted. */
  private static final byte REMOVED_OLD = 4;

  /** Mark: counted as promoted. */
  private static final byte OLD = 1;

  /** Mark: counted as promoted and as removed after that, or found to be nothing to count. */
  private static final byte DONE = 2;

  /** Mark: collected, or no longer of interest. */
  private static final byte GONE = 4;

  /** Mark: what a young collection frees nevertheless. */
  private static final byte FREED_YOUNG = 8;

  /** Mark: the present reading saw the object in its pool. */
  private static final byte SEEN_IDLE = 16;

  static final int MOST_WEIGHT = 0xFFFF;

  final Follower follower;
  private final long birth;
  private final short weight;
  private byte state = LENT;

  /** After the birth only the ledger touches these, under its lock. */
  private byte marks;

  @Nullable TrackedObject next;

  /**
   * @param weight for how many objects of the pool this one stands, from 1 on
   */
  TrackedObject(Object object, ReferenceQueue<Object> queue, Follower follower, int weight) {
    super(object, queue);
    this.follower = follower;
    this.weight = (short) Math.min(weight, MOST_WEIGHT);
    birth = Epochs.birth(object);
    if (birth == Epochs.BORN_OLD && Epochs.isFreedYoung(object)) {
      marks = FREED_YOUNG;
    }
  }

  /** For how many objects of the pool this one stands. */
  int weight() {
    return Short.toUnsignedInt(weight);
  }

  boolean isGone() {
    return is(GONE);
  }

  void goes() {
    mark(GONE);
  }

  /** The present reading saw the object in its pool. */
  void seenIdle() {
    mark(SEEN_IDLE);
  }

  /** Whether it did; the next one has to see it anew. */
  boolean takeSeenIdle() {
    boolean seen = is(SEEN_IDLE);
    marks &= ~SEEN_IDLE;
    return seen;
  }

  private boolean is(byte mark) {
    return (marks & mark) != 0;
  }

  private void mark(byte mark) {
    marks |= mark;
  }

  /** Nobody will tell where the object is, which is lent now. */
  public void untold() {
    state = UNTOLD;
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
          follower.removedUnsettled(this, now);
        }
      }
    }
  }

  /** The same, if it is idle now. */
  void removedIdle() {
    if (isKnownIdle()) {
      removed();
    }
  }

  boolean isKnownIdle() {
    return state == IDLE;
  }

  /**
   * Where the object is: one of the states.
   *
   * @param into what the reading found, which asks
   */
  byte place(TrackedNow into) {
    return state;
  }

  /** Adds what this object is now. Under the ledger's lock. */
  void count(TrackedNow into) {
    if (is(DONE)) {
      return;
    }
    // Asked first: if it was promoted before the state was read, it was in that state.
    boolean old = is(OLD) || Epochs.isTenured(birth) || isPromotedOutOfTurn();
    byte now = place(into);
    if (now >= REMOVED) {
      ended(now == REMOVED_OLD);
      return;
    }
    if (old) {
      promoted();
    }
    into.add(now, old, is(FREED_YOUNG), weight());
  }

  private boolean isPromotedOutOfTurn() {
    if (!Epochs.mayBeOutOfTurn(birth, state >= REMOVED)) {
      return false;
    }
    Object object = get();
    return object != null && Epochs.isPromotedOutOfTurn(object, birth);
  }

  /**
   * It was found out, later than it was removed, that it had been promoted before. Under the
   * ledger's lock.
   */
  void removedOld() {
    if (!is(OLD)) {
      follower.promotions().promoted(birth, weight());
      follower.promotions().removed(is(FREED_YOUNG), weight());
      mark(OLD);
      mark(DONE);
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
  void lost(long at) {
    if (!is(DONE)) {
      byte now = state;
      ended(now == REMOVED_OLD || now < REMOVED && Epochs.wasTenured(birth, at));
    }
  }

  private void ended(boolean old) {
    if (old) {
      promoted();
    }
    if (is(OLD)) {
      follower.promotions().removed(is(FREED_YOUNG), weight());
    }
    mark(DONE);
  }

  private void promoted() {
    if (!is(OLD)) {
      mark(OLD);
      follower.promotions().promoted(birth, weight());
    }
  }
}
