package io.poolwatch.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of idle objects in two generations, which counts what goes through it.
 *
 * <p>All fields but the lock word are plain and are touched only by the holder of the lock. The
 * lock is tried, never waited for, by {@code get} and {@code put}: whoever fails goes elsewhere. So
 * one compare-and-set pays for the hand-over, for the counters and for the check of the generation
 * together, where atomic counters would each cost as much again. Nothing but array work happens
 * under the lock.
 *
 * <p>Its owner takes the newest object (warm in its cache), a thief the oldest. At the first use
 * after a collection the shared generation becomes the victims and the former victims are let go;
 * at the first use after two or more, both are.
 */
final class Shelf extends Padding implements RareCounts {

  /** What became of an object that was offered. */
  enum Offer {
    KEPT,
    FULL,
    CONTENDED;

    /** Why it was not kept. */
    DropReason reason() {
      return this == FULL ? DropReason.FULL : DropReason.CONTENDED;
    }
  }

  private static final VarHandle LOCK;
  private static final VarHandle SIZE;
  private static final VarHandle VICTIMS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      LOCK = lookup.findVarHandle(Shelf.class, "lock", int.class);
      SIZE = lookup.findVarHandle(Shelf.class, "size", int.class);
      VICTIMS = lookup.findVarHandle(Shelf.class, "victimCount", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final @Nullable Object[] NOTHING = new Object[0];
  private static final int FIRST_CAPACITY = 4;
  private static final int PATIENCE = 200;

  private final int limit;

  final Parting parting;

  private volatile int lock;
  private int epoch;

  /** A ring: the oldest object is at {@code oldest}, {@code size} of them follow. */
  private @Nullable Object[] ring = NOTHING;

  private int oldest;
  private int size;
  private @Nullable Object[] victims = NOTHING;
  private int victimCount;

  /** What was let go under the lock, to be told of after it; null as nearly always. */
  private @Nullable Object @Nullable [] parted;

  /** {@link Cells} of this shelf, and of the slot that it belongs to, if to any. */
  final long[] cells;

  /**
   * @param limit most objects that one generation keeps; 0 keeps none
   * @param epoch the present epoch
   * @param cells where to count
   * @param parting where to tell of objects that are let go
   */
  Shelf(int limit, int epoch, long[] cells, Parting parting) {
    this.limit = limit;
    this.cells = cells;
    this.parting = parting;
    this.epoch = epoch;
  }

  /** On behalf of a thread that owns nothing: so there may be several at a time. */
  @Override
  public void count(int cell) {
    Cells.addAtomic(cells, cell);
  }

  /** The newest object; null when there is none or when another thread is at work here. */
  @Nullable Object takeNewest(int now) {
    if ((int) SIZE.getOpaque(this) == 0 || !tryLock()) {
      return null;
    }
    try {
      age(now);
      if (size == 0) {
        return null;
      }
      size--;
      return taken(ring, (oldest + size) & (ring.length - 1));
    } finally {
      unlock();
    }
  }

  /** The oldest object; null when there is none or when another thread is at work here. */
  @Nullable Object takeOldest(int now) {
    if ((int) SIZE.getOpaque(this) == 0 || !tryLock()) {
      return null;
    }
    try {
      age(now);
      if (size == 0) {
        return null;
      }
      size--;
      int at = oldest;
      oldest = (at + 1) & (ring.length - 1);
      return taken(ring, at);
    } finally {
      unlock();
    }
  }

  /** An object that has survived one collection; null as for the others. */
  @Nullable Object takeVictim(int now) {
    // Who looks for victims has looked for shared objects here before, and so has aged the shelf.
    if ((int) VICTIMS.getOpaque(this) == 0 || !tryLock()) {
      return null;
    }
    try {
      age(now);
      if (victimCount == 0) {
        return null;
      }
      victimCount--;
      return taken(victims, victimCount);
    } finally {
      unlock();
    }
  }

  /** Keeps the object as the newest, if there is room and no other thread at work here. */
  Offer offer(Object object, int now) {
    if (!tryLock()) {
      return Offer.CONTENDED;
    }
    try {
      age(now);
      if (size >= limit) {
        return Offer.FULL;
      }
      if (size == ring.length) {
        grow();
      }
      ring[(oldest + size) & (ring.length - 1)] = object;
      size++;
      Cells.addRelease(cells, Cells.SHELVED);
      return Offer.KEPT;
    } finally {
      unlock();
    }
  }

  /**
   * Takes over an object that its owner had kept in private when the collection came; it has been
   * counted as kept before.
   *
   * @return false when the shelf stayed busy
   */
  boolean moveInVictim(Object object, int now) {
    if (!lockPatiently()) {
      return false;
    }
    try {
      age(now);
      if (victimCount == victims.length) {
        victims = Arrays.copyOf(victims, Math.max(FIRST_CAPACITY, 2 * victimCount));
      }
      victims[victimCount++] = object;
      return true;
    } finally {
      unlock();
    }
  }

  /** Lets go what two collections have passed over. A shelf that stays busy ages by itself. */
  void sweep(int now) {
    if (lockPatiently()) {
      try {
        age(now);
      } finally {
        unlock();
      }
    }
  }

  /**
   * Empties the shelf of a thread that has ended.
   *
   * @return false when the shelf stayed busy; nothing was done then
   */
  boolean retire() {
    if (!lockPatiently()) {
      return false;
    }
    try {
      cells[Cells.OWNER_GONE] += size + victimCount;
      part(ring, oldest, size);
      part(victims, 0, victimCount);
      ring = NOTHING;
      victims = NOTHING;
      oldest = 0;
      size = 0;
      victimCount = 0;
      return true;
    } finally {
      unlock();
    }
  }

  /** Objects that lie here, counted one by one. */
  int countIdle() {
    boolean locked = lockPatiently();
    try {
      int found = 0;
      for (Object object : ring) {
        found += object == null ? 0 : 1;
      }
      for (Object object : victims) {
        found += object == null ? 0 : 1;
      }
      return found;
    } finally {
      if (locked) {
        unlock();
      }
    }
  }

  /** Shows what lies here at some moment or other, without the lock. */
  void showIdle(Consumer<Object> visitor) {
    show(ring, visitor);
    show(victims, visitor);
  }

  private static void show(@Nullable Object[] places, Consumer<Object> visitor) {
    for (Object object : places) {
      if (object != null) {
        visitor.accept(object);
      }
    }
  }

  private Object taken(@Nullable Object[] from, int at) {
    Object object = from[at];
    assert object != null : "a place inside the queue is never empty";
    from[at] = null;
    cells[Cells.TAKEN]++;
    return object;
  }

  private void age(int now) {
    if (now - epoch > 0) {
      passOver(now);
    }
  }

  private void passOver(int now) {
    boolean one = now - epoch == 1;
    epoch = now;
    cells[Cells.COLLECTED] += victimCount;
    part(victims, 0, victimCount);
    Arrays.fill(victims, 0, victimCount, null);
    victimCount = 0;
    if (one) {
      @Nullable Object[] emptied = victims;
      victims = straightened();
      victimCount = size;
      // Lengths stay powers of two, which the ring's mask needs: both arrays only ever double.
      ring = emptied;
    } else {
      cells[Cells.COLLECTED] += size;
      part(ring, oldest, size);
      Arrays.fill(ring, null);
    }
    oldest = 0;
    size = 0;
  }

  /** Remembers what is let go; twice at most before it is told. */
  private void part(@Nullable Object[] from, int first, int count) {
    if (count == 0 || !parting.isObserved()) {
      return;
    }
    @Nullable Object[] before = parted == null ? NOTHING : parted;
    @Nullable Object[] all = Arrays.copyOf(before, before.length + count);
    for (int i = 0; i < count; i++) {
      // Lengths are powers of two.
      all[before.length + i] = from[(first + i) & (from.length - 1)];
    }
    parted = all;
  }

  /** The ring's array with its oldest object at 0. */
  private @Nullable Object[] straightened() {
    if (oldest == 0) {
      return ring;
    }
    @Nullable Object[] straight = new Object[ring.length];
    for (int i = 0; i < size; i++) {
      straight[i] = ring[(oldest + i) & (ring.length - 1)];
    }
    return straight;
  }

  private void grow() {
    ring = Arrays.copyOf(straightened(), Math.max(FIRST_CAPACITY, 2 * size));
    oldest = 0;
  }

  private boolean tryLock() {
    return (int) LOCK.getOpaque(this) == 0 && LOCK.compareAndSet(this, 0, 1);
  }

  private void unlock() {
    @Nullable Object[] gone = parted;
    if (gone != null) {
      parted = null;
    }
    LOCK.setRelease(this, 0);
    if (gone != null) {
      parting.withAll(gone);
    }
  }

  /** For the rare work: a holder is gone in nanoseconds, unless its processor was taken away. */
  private boolean lockPatiently() {
    for (int i = 0; i < PATIENCE; i++) {
      if (tryLock()) {
        return true;
      }
      if (i < PATIENCE / 2) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    return false;
  }
}
