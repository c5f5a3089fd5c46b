package io.poolwatch.worth;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Samples of what one pool's work costs: how long a factory took to build an object and what it
 * allocated, how long a borrow took that built none.
 *
 * <p>The first {@value #FIRST} buildings are measured, then as many a second as the reader grants,
 * which are ever fewer. A building that lies within another's is measured for itself, and is part
 * of the outer one too: without the outer pool it would have happened as often. Many writers, one
 * reader; no lock.
 */
public final class Costs {
  /** The ticket of a building that is not measured. */
  public static final long NOT_MEASURED = 0;

  /** The ticket of one whose bytes are not. */
  private static final long TIME_ALONE = -1;

  private static final int FIRST = 32;

  /** Buildings that are measured in a second, in the first few. */
  private static final int GENEROUS = 4;

  /** Seconds in which one is, after that; then one in {@value #RARELY} seconds is. */
  private static final int OFTEN = 60;

  private static final int RARELY = 8;

  /** Samples that wait to be read; further ones are let go. */
  private static final int MOST_WAITING = 64;

  private static volatile @Nullable Meter meter;

  private final AtomicReference<@Nullable Building> newest = new AtomicReference<>();
  private final AtomicLong borrowNanos = new AtomicLong();
  private final AtomicLong borrowsTimed = new AtomicLong();
  private final AtomicLong fastestBorrow = new AtomicLong(Long.MAX_VALUE);

  /** Plain, and racy on purpose: a sample more or less is no error. */
  private int grants = FIRST;

  /** How often more were granted; the reader's. */
  private int refills;

  /** How often the reader was asked to. */
  private int seconds;

  /** Sets what measures from now on; null: nothing is measured. */
  public static void meter(@Nullable Meter present) {
    meter = present;
  }

  static @Nullable Meter meter() {
    return meter;
  }

  /**
   * A factory is about to be called on this thread.
   *
   * @return a ticket for {@link #built}, or {@link #NOT_MEASURED}
   */
  public long building() {
    return grants > 0 ? take() : NOT_MEASURED;
  }

  private long take() {
    Meter present = meter;
    if (present == null) {
      return NOT_MEASURED;
    }
    grants--;
    long before = present.allocated();
    return before < 0 ? TIME_ALONE : before + 1;
  }

  /** How many classes were loaded before a building that has a ticket; 0 without one. */
  public static long classes(long ticket) {
    Meter present = ticket == NOT_MEASURED ? null : meter;
    return present == null ? 0 : present.classesLoaded();
  }

  /** The time at which a building begins that has a ticket; 0 without one. To be asked last. */
  public static long clock(long ticket) {
    return ticket == NOT_MEASURED ? 0 : System.nanoTime();
  }

  /**
   * The factory gave an object on this thread, at once before.
   *
   * @param ticket not {@link #NOT_MEASURED}
   * @param classes what {@link #classes} gave
   * @param start what {@link #clock} gave
   * @param wrapper what the factory built around the object for the pool's sake, or null
   * @param record what was built with that for our own sake, or null
   * @param object what it built; only looked at
   */
  public void built(
      long ticket,
      long classes,
      long start,
      @Nullable Object wrapper,
      @Nullable Object record,
      @Nullable Object object) {
    built(ticket, classes, start, wrapper, record, object, 0);
  }

  /**
   * The same where something else was allocated.
   *
   * @param beside bytes of it
   */
  public void built(
      long ticket,
      long classes,
      long start,
      @Nullable Object wrapper,
      @Nullable Object record,
      @Nullable Object object,
      long beside) {
    long nanos = System.nanoTime() - start;
    Meter present = meter;
    if (present == null) {
      return;
    }
    long after = present.allocated();
    boolean loading = classes < 0 || present.classesLoaded() != classes;
    long bytes = Meter.UNKNOWN;
    if (ticket != TIME_ALONE && after >= 0) {
      bytes = after - (ticket - 1) - present.allocatedByReading();
      if (wrapper != object) {
        bytes -= sizeOf(present, wrapper) + sizeOf(present, record);
      }
      bytes -= beside;
      // An object that existed before is handed out without any building.
      bytes = Math.max(0, bytes);
    }
    long size = object == null ? Meter.UNKNOWN : present.sizeOf(object);
    push(new Building(start, nanos, bytes, size, loading));
  }

  private static long sizeOf(Meter present, @Nullable Object object) {
    return object == null ? 0 : Math.max(0, present.sizeOf(object));
  }

  /**
   * Looks at the size of an object that came back: some grow in use.
   *
   * @param object itself, or the handle by which its pool knows it
   */
  public void sized(Object object) {
    Meter present = meter;
    Building first = newest.get();
    if (present != null && (first == null || first.waiting < MOST_WAITING)) {
      long size = present.sizeOf(object);
      if (size >= 0) {
        push(new Building(0, Meter.UNKNOWN, Meter.UNKNOWN, size, false));
      }
    }
  }

  private void push(Building sample) {
    Building first;
    do {
      first = newest.get();
      sample.next = first;
      sample.waiting = first == null ? 1 : first.waiting + 1;
      if (sample.waiting > MOST_WAITING) {
        return;
      }
    } while (!newest.compareAndSet(first, sample));
  }

  /** A borrow that found an object took so long; one in so many is told. */
  public void borrowed(long nanos) {
    borrowNanos.addAndGet(nanos);
    borrowsTimed.incrementAndGet();
    long least = fastestBorrow.get();
    if (nanos < least) {
      fastestBorrow.compareAndSet(least, nanos); // lost to another one that is about as fast
    }
  }

  /** Grants the measurements of another second. One reader. */
  public void refill() {
    seconds++;
    if (grants <= 0 && (refills < OFTEN || seconds % RARELY == 0)) {
      grants = refills < 2 * GENEROUS ? GENEROUS : 1;
      refills++;
    }
  }

  /** Takes what was measured since the last call, newest first, linked. One reader. */
  @Nullable Building takeBuildings() {
    return newest.get() == null ? null : newest.getAndSet(null);
  }

  /** Time of the borrows that were timed since the last call, in nanoseconds. One reader. */
  long takeBorrowNanos() {
    return borrowNanos.get() == 0 ? 0 : borrowNanos.getAndSet(0);
  }

  /** The fastest of them; {@link Long#MAX_VALUE} if there was none. One reader. */
  long takeFastestBorrow() {
    return fastestBorrow.get() == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : fastestBorrow.getAndSet(Long.MAX_VALUE);
  }

  /** How many there were, to be asked next. A borrow in between counts for the next time. */
  long takeBorrowsTimed() {
    return borrowsTimed.get() == 0 ? 0 : borrowsTimed.getAndSet(0);
  }

  /** One building, or the size of one object. */
  static final class Building {
    final long start;
    final long nanos;
    final long bytes;
    final long size;

    /** Classes were loaded meanwhile, by this thread or another. */
    final boolean loading;

    private int waiting;
    @Nullable Building next;

    Building(long start, long nanos, long bytes, long size, boolean loading) {
      this.start = start;
      this.nanos = nanos;
      this.bytes = bytes;
      this.size = size;
      this.loading = loading;
    }
  }
}
