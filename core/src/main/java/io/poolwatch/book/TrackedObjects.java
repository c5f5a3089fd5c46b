package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a share that are tracked, newest first, and how many of its objects they stand
 * for.
 *
 * <p>Any thread may add one; only the ledger, under its lock, takes them out.
 */
final class TrackedObjects extends Weights {
  private static final AtomicReferenceFieldUpdater<TrackedObjects, @Nullable TrackedObject> FIRST =
      AtomicReferenceFieldUpdater.newUpdater(TrackedObjects.class, TrackedObject.class, "first");

  private volatile @Nullable TrackedObject first;

  /** Of the weights, that of collected objects; the ledger's, under its lock. */
  private long ended;

  void add(TrackedObject object) {
    TrackedObject next;
    do {
      next = first;
      object.next = next;
    } while (!FIRST.compareAndSet(this, next, object));
  }

  /** For how many objects those stand that were not collected yet. By the ledger. */
  long uncollected() {
    return stoodFor() - ended;
  }

  /** The pool parted with all that are idle. */
  void removedIdle() {
    for (TrackedObject r = first; r != null; r = r.next) {
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
    TrackedObject object = first;
    while (object != null) {
      TrackedObject next = object.next;
      if (object.isGone()) {
        if (before != null) {
          before.next = next;
        } else if (!FIRST.compareAndSet(this, object, next)) {
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
    for (TrackedObject r = FIRST.getAndSet(this, null); r != null; r = r.next) {
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
    for (TrackedObject r = first; r != null; r = r.next) {
      if (!r.isGone()) {
        r.count(into);
      }
    }
  }
}
