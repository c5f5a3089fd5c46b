package io.poolwatch.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place for one object that virtual threads share, where a get and a put take one atomic
 * instruction between them.
 *
 * <p>All but the word {@code holder} is touched only by the thread that this word names. A get
 * takes the place by a compare-and-set, and <b>keeps it while the object is lent</b>: so the put of
 * the same thread finds the place still its own, and gives object and place back by a plain release
 * store. Meanwhile the place is empty, so that nothing is withheld from others; they use the shelf
 * beside it.
 *
 * <p>A thread may never come back with an object, and then the place would be held for ever. It
 * cannot be taken away from its holder, who tests the word and writes to the fields in two steps.
 * So it is <em>replaced</em>: its stripe gets a new place, and a put that is under way at that very
 * moment loses its object in the old one, which is allowed. The counts of the old one are complete
 * when it is unreachable ({@link Stripes}).
 */
final class Place extends Padding {

  private static final VarHandle HOLDER;

  static {
    try {
      HOLDER = MethodHandles.lookup().findVarHandle(Place.class, "holder", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Nobody holds it; ids of threads are positive. */
  private static final long FREE = 0;

  /** A thief or the sweep is at work here. */
  private static final long VISITED = -1;

  /** The pool keeps nothing for virtual threads. */
  private static final long CLOSED = -2;

  /** Collections after which a place that is still held is replaced. */
  private static final int STALE = 2;

  private long holder;
  private @Nullable Object object;

  /** Of the last call of an owner. */
  private int epoch;

  /** {@link Cells} of this place. */
  final long[] cells;

  Place(int now, boolean closed, long[] cells) {
    epoch = now;
    holder = closed ? CLOSED : FREE;
    this.cells = cells;
  }

  /** The object, which is the thread's with the place; null if there is none for it now. */
  @Nullable Object take(long thread, int now) {
    if (object == null || !tryHold(thread)) {
      return null;
    }
    Object taken = object;
    if (taken == null || epoch != now) {
      release();
      return null;
    }
    cells[Cells.HIT]++;
    object = null;
    return taken;
  }

  /** Gives object and place back, if the thread holds the place since a get of this epoch. */
  boolean putBack(long thread, Object given, int now) {
    if ((long) HOLDER.getOpaque(this) != thread || epoch != now) {
      return false;
    }
    keep(given);
    return true;
  }

  /** Keeps the object if the thread holds the place, or if it is free and empty. */
  boolean put(long thread, Object given, int now) {
    if ((long) HOLDER.getOpaque(this) != thread) {
      if (object != null || !tryHold(thread)) {
        return false;
      }
      if (object != null) {
        release();
        return false;
      }
    }
    epoch = now;
    keep(given);
    return true;
  }

  /** The object, for a thread that belongs elsewhere and leaves the place free. */
  @Nullable Object steal(int now, Shelf shelf) {
    if (object == null || !tryHold(VISITED)) {
      return null;
    }
    Object gone = age(now, shelf);
    Object taken = object;
    if (taken != null) {
      cells[Cells.HIT]++;
      object = null;
    }
    release();
    shelf.parting.with(gone);
    return taken;
  }

  /**
   * The first step after a collection: the object becomes a victim on the shelf, or goes.
   *
   * @return false when the place must be replaced
   */
  boolean turn(int now, Shelf shelf) {
    if (tryHold(VISITED)) {
      Object gone = age(now, shelf);
      release();
      shelf.parting.with(gone);
      return true;
    }
    return (long) HOLDER.getAcquire(this) <= FREE || now - epoch < STALE;
  }

  /** Completes the counts; nobody may be able to reach this any more. */
  static void settle(long[] cells) {
    cells[Cells.CLEARED] = cells[Cells.PUT] - cells[Cells.HIT] - cells[Cells.MOVED];
  }

  /** Shows what lies here at some moment or other. */
  void showIdle(Consumer<Object> visitor) {
    HOLDER.getAcquire(this);
    Object present = object;
    if (present != null) {
      visitor.accept(present);
    }
  }

  int countIdle() {
    HOLDER.getAcquire(this);
    return object == null ? 0 : 1;
  }

  /** Gives the object that was let go, if one was. */
  private @Nullable Object age(int now, Shelf shelf) {
    Object gone = null;
    Object old = object;
    int passed = now - epoch;
    if (old != null && passed > 0) {
      if (passed > 1) {
        cells[Cells.CLEARED]++;
        object = null;
        gone = old;
      } else if (shelf.moveInVictim(old, now)) {
        cells[Cells.MOVED]++;
        object = null;
      }
      // Else the shelf is busy: the object stays and counts as fresh once more.
    }
    epoch = now;
    return gone;
  }

  private void keep(Object given) {
    object = given;
    Cells.addRelease(cells, Cells.PUT);
    release();
  }

  private boolean tryHold(long as) {
    return (long) HOLDER.getOpaque(this) == FREE && HOLDER.compareAndSet(this, FREE, as);
  }

  private void release() {
    HOLDER.setRelease(this, FREE);
  }
}
