package io.poolwatch.book;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Watches the objects of a pool that does not itself hold what it lends, so that their collection
 * is noticed: one weak reference for each, up to the bound that {@link Books} sets for all pools.
 *
 * <p>{@link #watch} may be called by any thread; all else is the ledger's, under its lock.
 */
public final class Losses {
  private final WeakReference<Object> pool;
  private final AtomicReference<@Nullable Watched> watched = new AtomicReference<>();
  private long collected;
  private boolean untidy;

  /**
   * Watches nothing yet.
   *
   * @param pool whose objects they are; only weakly held
   */
  public Losses(Object pool) {
    this.pool = new WeakReference<>(pool);
  }

  /** Watches an object from now on; does nothing beyond the bound. */
  public void watch(Object object) {
    if (!Books.mayTrack()) {
      return;
    }
    Watched reference = new Watched(object, Books.queue(), this);
    Watched first;
    do {
      first = watched.get();
      reference.next = first;
    } while (!watched.compareAndSet(first, reference));
  }

  /**
   * How many watched objects were collected while their pool lived, whether lent or thrown away.
   * What went together with the pool is not among them.
   */
  public long collected() {
    if (untidy) {
      untidy = false;
      unlinkGone();
    }
    return collected;
  }

  /** Gives up all watching, because the pool is gone. */
  public void end() {
    for (Watched r = watched.getAndSet(null); r != null; r = r.next) {
      if (!r.gone) {
        r.gone = true;
        r.clear();
        Books.untrack(1);
      }
    }
  }

  private void unlinkGone() {
    Watched before = null;
    for (Watched r = watched.get(); r != null; r = r.next) {
      if (!r.gone) {
        before = r;
      } else if (before != null) {
        before.next = r.next;
      } else if (!watched.compareAndSet(r, r.next)) {
        // New ones were put in front, so this one has one before it the next time.
        before = r;
        untidy = true;
      }
    }
  }

  /** An object, weakly. Reachable from its {@code Losses}, so that the collector reports it. */
  static final class Watched extends WeakReference<Object> {
    private final Losses losses;
    private boolean gone;
    private @Nullable Watched next;

    Watched(Object object, ReferenceQueue<Object> queue, Losses losses) {
      super(object, queue);
      this.losses = losses;
    }

    /** The ledger found this in the queue of collected objects. */
    void collected() {
      if (!gone) {
        gone = true;
        Books.untrack(1);
        losses.untidy = true;
        if (!Referent.is(losses.pool, null)) {
          losses.collected++;
        }
      }
    }
  }
}
