package io.poolwatch.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one platform thread owns of one pool: a private place for one object, a {@link Shelf} that
 * others may steal from, and counts.
 *
 * <p>The private place has no synchronisation. It works because of one rule: <b>anybody may null
 * it, only the owner moves what is in it</b>. A null written by the sweep while the owner takes or
 * puts loses at most an object, which the pool may do at any time; it never gives one object to
 * two.
 *
 * <p>The sweep cannot tell whether its null hit an object, so nobody counts the objects that it
 * cleared. They follow from what the owner alone counts: put here, minus taken, minus moved on,
 * minus the one that lies here now. For that to be never too high, the owner stores an object
 * before it counts it in, and counts it out before it removes it, with release stores (free on
 * x86), and a reader reads in the opposite order: counted in, lies here, counted out.
 */
final class Slot extends OwnedByThread implements RareCounts {

  /** Tries before an owner gives up its own shelf to the thief that is at work there. */
  private static final int OFFERS = 32;

  private static final VarHandle PLACE;
  private static final VarHandle EPOCH;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PLACE = lookup.findVarHandle(Slot.class, "place", Object.class);
      EPOCH = lookup.findVarHandle(Slot.class, "epoch", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable Object place;
  private int epoch;

  /** {@link Cells} of this slot and its shelf. */
  final long[] cells;

  final Shelf shelf;

  /** Where the owner's search in the table of slots starts. */
  final int hash;

  Slot(Thread owner, int sharedLimit, int now, long[] cells, Parting parting) {
    super(owner);
    hash = hash(owner);
    epoch = now;
    this.cells = cells;
    shelf = new Shelf(sharedLimit, now, cells, parting);
  }

  /** Ids are given out in turn, so that they spread well as they are. */
  static int hash(Thread thread) {
    return (int) thread.getId();
  }

  /** Whether the owner has used this slot since the last collection; for the owner only. */
  boolean isCurrent(int now) {
    return epoch == now;
  }

  /** The private object, which is the caller's from now on; for the owner only. */
  @Nullable Object takePrivate() {
    Object object = place;
    if (object != null) {
      cells[Cells.HIT]++;
      PLACE.setRelease(this, null);
    }
    return object;
  }

  /** Keeps the object in private, if there is none; for the owner only. */
  boolean putPrivate(Object object) {
    if (place != null) {
      return false;
    }
    place = object;
    Cells.addRelease(cells, Cells.PUT);
    return true;
  }

  /** Whether it is the private object; for the owner only. */
  boolean holds(Object object) {
    return place == object;
  }

  /** Puts the object on the shelf, for the owner only. */
  Shelf.Offer offer(Object object, int now) {
    Shelf.Offer offer = shelf.offer(object, now);
    for (int i = 1; i < OFFERS && offer == Shelf.Offer.CONTENDED; i++) {
      Thread.onSpinWait();
      offer = shelf.offer(object, now);
    }
    return offer;
  }

  /** Private objects that the owner took so far, which tells it when to look up from its work. */
  long privateHits() {
    return cells[Cells.HIT];
  }

  /** The owner's first step after a collection: its private object becomes a victim, or goes. */
  void turn(int now) {
    Object object = place;
    if (object != null) {
      boolean one = now - epoch == 1;
      if (!one) {
        PLACE.setRelease(this, null);
        settle();
        shelf.parting.with(object);
      } else if (shelf.moveInVictim(object, now)) {
        cells[Cells.MOVED]++;
        PLACE.setRelease(this, null);
      }
      // Else the shelf is busy: the object stays and counts as fresh once more.
    }
    EPOCH.setRelease(this, now);
  }

  /** For the owner only. */
  @Override
  public void count(int cell) {
    cells[cell]++;
  }

  /** Objects of this slot and its shelf that were let go after collections, as far as is known. */
  long letGo() {
    return cells[Cells.CLEARED] + cells[Cells.COLLECTED];
  }

  /** Lets go what two collections have passed over; for the sweep. */
  void sweep(int now) {
    if (now - (int) EPOCH.getAcquire(this) >= 2) {
      // An owner that takes the object at this very moment has it, though it is told of.
      Object gone = PLACE.getAndSet(this, null);
      shelf.parting.with(gone);
    }
    settle();
    shelf.sweep(now);
  }

  /**
   * Lets the objects go, and completes the counts; the owner must have ended.
   *
   * @return false when a thief held the shelf all the time; nothing was done then
   */
  boolean retire() {
    if (!shelf.retire()) {
      return false;
    }
    settle();
    Object object = place;
    if (object != null) {
      cells[Cells.MOVED]++;
      cells[Cells.OWNER_GONE]++;
      place = null;
      shelf.parting.with(object);
    }
    return true;
  }

  /** Finds out how many private objects were cleared; exact at a quiet moment, never too high. */
  void settle() {
    long in = Cells.getAcquire(cells, Cells.PUT);
    int present = PLACE.getAcquire(this) == null ? 0 : 1;
    synchronized (cells) {
      long cleared = in - present - cells[Cells.HIT] - cells[Cells.MOVED];
      cells[Cells.CLEARED] = Math.max(cells[Cells.CLEARED], cleared);
    }
  }

  /** Shows what lies here and on the shelf at some moment or other. */
  void showIdle(Consumer<Object> visitor) {
    Object object = PLACE.getAcquire(this);
    if (object != null) {
      visitor.accept(object);
    }
    shelf.showIdle(visitor);
  }

  int countIdle() {
    return shelf.countIdle() + (PLACE.getAcquire(this) == null ? 0 : 1);
  }
}
