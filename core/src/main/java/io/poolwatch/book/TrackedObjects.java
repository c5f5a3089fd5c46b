package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a share that are tracked, newest first, and how many of its objects they stand
 * for.
 *
 * <p>Any thread may add one; only the ledger, under its lock, takes them out.
 */
final class TrackedObjects extends AtomicReference<@Nullable TrackedObject> {
  private static final long serialVersionUID = 1L;

  private static final AtomicLongFieldUpdater<TrackedObjects> STOOD_FOR =
      AtomicLongFieldUpdater.newUpdater(TrackedObjects.class, "stoodFor");
  private static final AtomicLongFieldUpdater<TrackedObjects> BEYOND =
      AtomicLongFieldUpdater.newUpdater(TrackedObjects.class, "beyond");
  private static final AtomicLongFieldUpdater<TrackedObjects> SINCE =
      AtomicLongFieldUpdater.newUpdater(TrackedObjects.class, "since");

  private volatile long stoodFor;
  private volatile long beyond;
  private volatile long since;

  /** Of the weights, that of collected objects; the ledger's, under its lock. */
  private long ended;

  /** For how many objects the one stands that is made now; 0 if it is not to be tracked. */
  int weightOfNext() {
    if (!Books.mayTrack()) {
      BEYOND.incrementAndGet(this);
      SINCE.incrementAndGet(this);
      return 0;
    }
    long weight = 1;
    if (since != 0) {
      weight += SINCE.getAndSet(this, 0);
      if (weight > TrackedObject.MOST_WEIGHT) {
        // The next ones stand for the rest.
        SINCE.addAndGet(this, weight - TrackedObject.MOST_WEIGHT);
        weight = TrackedObject.MOST_WEIGHT;
      }
    }
    STOOD_FOR.addAndGet(this, weight);
    return (int) weight;
  }

  void add(TrackedObject object) {
    TrackedObject first;
    do {
      first = get();
      object.next = first;
    } while (!compareAndSet(first, object));
  }

  /** For how many objects the tracked ones stand so far. */
  long stoodFor() {
    return stoodFor;
  }

  /**
   * How many of these were made since the last one that is tracked, so that none stands for them.
   */
  long notStoodFor() {
    return since;
  }

  /** How many objects were not tracked, being beyond the bound. */
  long notTracked() {
    return beyond;
  }

  /** For how many objects those stand that were not collected yet. By the ledger. */
  long uncollected() {
    return stoodFor - ended;
  }

  /** The pool parted with all that are idle. */
  void removedIdle() {
    for (TrackedObject r = get(); r != null; r = r.next) {
      r.removedIdle();
    }
  }

  /**
   * One of them was collected. By the ledger.
   *
   * @param at a moment when it was there for certain, as {@code Epochs} stamps it
   */
  void collected(TrackedObject object, long at) {
    object.goes();
    object.lost(at);
    ended += object.weight();
    Books.untrack(1);
  }

  /** Unlinks the collected ones, of which the book forgets. By the ledger. */
  void sweep(ShareBook book) {
    TrackedObject before = null;
    TrackedObject object = get();
    while (object != null) {
      TrackedObject next = object.next;
      if (object.isGone()) {
        if (before != null) {
          before.next = next;
        } else if (!compareAndSet(object, next)) {
          before = object;
        }
        book.forget(object);
      } else {
        before = object;
      }
      object = next;
    }
  }

  /**
   * Gives all of them up, since the share itself is gone. By the ledger.
   *
   * @param at a moment when it was there, as {@code Epochs} stamps it
   */
  void giveUp(ShareBook book, long at) {
    int count = 0;
    for (TrackedObject r = getAndSet(null); r != null; r = r.next) {
      if (!r.isGone()) {
        r.goes();
        r.lost(at);
        r.clear();
        book.forget(r);
        count++;
      }
    }
    Books.untrack(count);
  }

  /** Adds what they are now. By the ledger. */
  void count(TrackedNow into) {
    for (TrackedObject r = get(); r != null; r = r.next) {
      if (!r.isGone()) {
        r.count(into);
      }
    }
  }
}
