package io.poolwatch.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What lies where in a block of counts: a {@code long[]}, because an observer outlives the pool and
 * may keep the counts for it, but nothing of the application's: neither its objects nor its class
 * loader, which an instance of a class of ours would lead to.
 *
 * <p>One block belongs to a slot and its shelf, or to a shelf of the virtual threads. Each cell has
 * one writer at a time, unless said otherwise, and only grows. A cell that counts puts is written
 * by a release store or under a lock, so that a reader who sees a put and then, after an acquire
 * fence, reads the cells of gets, sees the get that came before it.
 *
 * <p>The order is a protocol with observers: whoever changes it raises {@link #LAYOUT}.
 */
final class Cells {

  /** Version of this order, in cell 0 of the first block, the one of those who are gone. */
  static final long LAYOUT = 2;

  /** Objects that the owner put into its private place. */
  static final int PUT = 8;

  /** Private objects that the owner took. */
  static final int HIT = 9;

  /** Private objects that went on to the shelf, or left with their owner. */
  static final int MOVED = 10;

  /** Private objects let go after collections, as far as was found out. */
  static final int CLEARED = 11;

  /** Objects put on the shelf. */
  static final int SHELVED = 12;

  /** Objects taken from the shelf, by anybody. */
  static final int TAKEN = 13;

  /** Objects on the shelf let go after collections. */
  static final int COLLECTED = 14;

  /** Idle objects let go because their owner had ended. */
  static final int OWNER_GONE = 15;

  /** Objects made because none was found, for no reason that is certain. */
  static final int MISS = 16;

  /** Objects made because this very get had let go others that had survived two collections. */
  static final int MISS_CLEARED = 17;

  /** Objects made for a thread that this pool keeps nothing for. */
  static final int MISS_DISABLED = 18;

  /** Gets that threw. */
  static final int ERROR = 19;

  /** Objects made because an observer wanted none to be taken from the pool. */
  static final int MISS_UNPOOLED = 20;

  /** Puts that were not kept, in the order of {@link DropReason}. */
  static final int DROPPED = 21;

  private static final int DROP_REASONS = DropReason.values().length;

  /** What is counted a second time, to find out what counting takes; nobody reads it. */
  static final int ECHO = DROPPED + DROP_REASONS;

  /** So long that the cells in use are a cache line away from the next object on either side. */
  static final int LENGTH = ECHO + 8;

  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

  private Cells() {}

  static long[] block() {
    return new long[LENGTH];
  }

  /** Adds one as its only writer, so that whoever sees it sees what was written before. */
  static void addRelease(long[] cells, int cell) {
    CELLS.setRelease(cells, cell, cells[cell] + 1);
  }

  /** Adds one as one of several writers. */
  static void addAtomic(long[] cells, int cell) {
    CELLS.getAndAdd(cells, cell, 1L);
  }

  static long getAcquire(long[] cells, int cell) {
    return (long) CELLS.getAcquire(cells, cell);
  }

  static int dropped(DropReason reason) {
    return DROPPED + reason.ordinal();
  }

  /** Adds the counts of one block to another. */
  static void add(long[] to, long[] from) {
    for (int cell = PUT; cell < DROPPED + DROP_REASONS; cell++) {
      to[cell] += from[cell];
    }
  }
}
