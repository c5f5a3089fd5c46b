package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Watches the objects of a pool that does not itself hold what it lends, so that their collection
 * is noticed: one weak reference for each, up to the bound that {@link Books} sets for all pools.
 * By their births it also estimates how many lie in the old generation; see {@link
 * TenuredEstimate}.
 *
 * <p>{@link #watch} may be called by any thread; all else is the ledger's, under its lock.
 */
public final class Losses {
  private final WeakReference<Object> pool;
  private final AtomicReference<@Nullable Watched> watched = new AtomicReference<>();
  private final AtomicLong made = new AtomicLong();
  private final Promotions promotions = new Promotions();
  private final TenuredEstimate estimate = new TenuredEstimate();
  private long collected;
  private long ended;
  private boolean untidy;

  /**
   * Watches nothing yet.
   *
   * @param pool whose objects they are; only weakly held
   */
  public Losses(Object pool) {
    this.pool = new WeakReference<>(pool);
    Books.estimates();
  }

  /** Watches an object from now on; does nothing beyond the bound. */
  public void watch(Object object) {
    if (!Books.mayTrack()) {
      return;
    }
    made.incrementAndGet();
    Watched reference = new Watched(object, Books.queue(), this);
    Watched first;
    do {
      first = watched.get();
      reference.next = first;
    } while (!watched.compareAndSet(first, reference));
  }

  /**
   * Looks how many objects were thrown away and not collected yet; soon after each collection.
   *
   * @param books the pool's figures without those of the old generation
   * @param sinceNanos how long ago the last collection was; {@code Long.MAX_VALUE} if unknown
   */
  public void look(Tally books, long sinceNanos) {
    estimate.look(
        Epochs.now(),
        System.nanoTime(),
        sinceNanos,
        TenuredEstimate.scaled(made.get() - ended, scale(books)),
        books.idle() + books.used(),
        books.removed() - books.removed(RemovalReason.LEAKED),
        books.created());
  }

  /**
   * Adds how many objects lie in the old generation, as far as that can be told.
   *
   * @param books the pool's figures without those of the old generation
   */
  public void countTenured(Tally books, Tally into) {
    if (!TenuredEstimate.isPossible()) {
      into.tenuredUnknown();
      return;
    }
    look(books, Long.MAX_VALUE);
    TrackedNow now = new TrackedNow();
    for (Watched r = watched.get(); r != null; r = r.next) {
      r.count(now);
    }
    estimate.addUntold(promotions, now, scale(books), books.idle(), books.used(), into);
  }

  /** Objects that are not watched, or were made elsewhere, are taken to be like the others. */
  private double scale(Tally books) {
    long all = made.get();
    return TenuredEstimate.scale(all, books.created() - all);
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
    private final long birth;
    private final boolean freedYoung;
    private boolean gone;
    private boolean promoted;
    private @Nullable Watched next;

    Watched(Object object, ReferenceQueue<Object> queue, Losses losses) {
      super(object, queue);
      this.losses = losses;
      birth = Epochs.birth(object);
      freedYoung = birth == Epochs.BORN_OLD && Epochs.isFreedYoung(object);
    }

    void count(TrackedNow into) {
      if (!gone) {
        boolean old = promoted || Epochs.isTenured(birth);
        if (old) {
          promoted();
        }
        into.add(false, old, freedYoung);
      }
    }

    private void promoted() {
      if (!promoted) {
        promoted = true;
        losses.promotions.promoted(birth);
      }
    }

    /**
     * The ledger found this in the queue of collected objects.
     *
     * @param at a moment when it was not collected yet, as {@code Epochs} stamps it
     */
    void collected(long at) {
      if (!gone) {
        gone = true;
        losses.ended++;
        if (promoted || Epochs.wasTenured(birth, at)) {
          promoted();
          losses.promotions.removed(freedYoung);
        }
        Books.untrack(1);
        losses.untidy = true;
        if (!Referent.is(losses.pool, null)) {
          losses.collected++;
        }
      }
    }
  }
}
