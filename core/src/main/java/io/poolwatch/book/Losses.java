package io.poolwatch.book;

import java.lang.ref.WeakReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the objects of a pool that does not itself hold what it lends, so that their collection
 * is noticed: one weak reference for each, up to the bound that {@link Books} sets for all pools.
 * By their births, and by what the pool tells of those that it parts with, it also knows how many
 * lie in the old generation.
 *
 * <p>{@link #watch} and {@link #partedWith} may be called by any thread; all else is the ledger's,
 * under its lock.
 */
public final class Losses extends Follower {
  private final WeakReference<Object> pool;
  private final KnownObjects known = new KnownObjects();
  private final Weights weights = new Weights();
  private final UnsettledRemovals unsettled = new UnsettledRemovals();

  // Only the ledger touches these, under its lock.
  private final Promotions promotions = new Promotions();

  /** Kept once it was needed: the counters must not fall. */
  private @Nullable TenuredEstimate estimate;

  private TrackedNow now = new TrackedNow();
  private @Nullable KnownObject toForget;
  private long collected;

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
    int weight = weights.weightOfNext();
    if (weight > 0) {
      known.add(new KnownObject(object, Books.queue(), this, weight));
    }
  }

  /** The pool parted with an object, which the caller still holds. */
  public void partedWith(Object object) {
    KnownObject found = known.find(object);
    if (found != null) {
      found.removed();
    }
  }

  /**
   * Looks where the objects are; to be called before the pool's own figures are read, so that none
   * is seen here which is not counted there.
   *
   * @param idle shows each object that lies in the pool; null if nobody can
   */
  public void see(@Nullable Consumer<Consumer<Object>> idle) {
    unsettled.settle();
    if (idle != null) {
      idle.accept(new Marking(known));
    }
    now = new TrackedNow(idle != null);
    known.forEach(new Counting(now));
  }

  /**
   * Adds how many objects lie in the old generation, as far as that could be {@linkplain #see
   * seen}.
   *
   * @param books the pool's figures without those of the old generation
   * @param elsewhere how many objects were not made by the pool
   */
  public void countTenured(Tally books, long elsewhere, Tally into) {
    long untracked = weights.notTracked() + elsewhere;
    TenuredEstimate by = estimate;
    if (by == null && untracked == 0 && now.unsure == 0) {
      promotions.addTo(into);
      into.tenured(now.tenuredIdle, now.tenuredUsed, now.freeableYoung);
    } else if (untracked > 0 && weights.stoodFor() == 0) {
      into.tenuredUnknown();
    } else {
      if (by == null) {
        by = new TenuredEstimate();
        estimate = by;
      }
      by.made(books.created(), weights.stoodFor(), weights.notStoodFor() + elsewhere);
      by.addTold(promotions, now, books.idle(), books.used(), into);
    }
  }

  /**
   * How many watched objects were collected while their pool lived, whether lent or thrown away.
   * What went together with the pool is not among them.
   */
  public long collected() {
    return collected;
  }

  /** Gives up all watching, because the pool is gone. */
  public void end() {
    known.forEach(new Ending());
  }

  @Override
  Promotions promotions() {
    return promotions;
  }

  @Override
  void removedUnsettled(TrackedObject object, long at) {
    unsettled.add(object, at);
  }

  @Override
  void collected(TrackedObject object, long at) {
    object.goes();
    object.lost(at);
    object.next = toForget;
    toForget = (KnownObject) object;
    Books.untrack(1);
    if (!Referent.is(pool, null)) {
      collected++;
    }
  }

  @Override
  void sweep() {
    for (KnownObject each = toForget; each != null; each = (KnownObject) each.next) {
      known.remove(each);
    }
    toForget = null;
  }

  // Classes, not lambdas: these may run while the JVM starts.

  private static final class Counting implements Consumer<KnownObject> {
    private final TrackedNow into;

    Counting(TrackedNow into) {
      this.into = into;
    }

    @Override
    public void accept(KnownObject object) {
      if (!object.isGone()) {
        object.count(into);
      }
    }
  }

  private static final class Marking implements Consumer<Object> {
    private final KnownObjects known;

    Marking(KnownObjects known) {
      this.known = known;
    }

    @Override
    public void accept(Object object) {
      KnownObject found = known.find(object);
      if (found != null) {
        found.seenIdle();
      }
    }
  }

  private static final class Ending implements Consumer<KnownObject> {
    @Override
    public void accept(KnownObject object) {
      if (!object.isGone()) {
        object.goes();
        object.clear();
        Books.untrack(1);
      }
    }
  }
}
