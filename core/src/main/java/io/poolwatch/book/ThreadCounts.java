package io.poolwatch.book;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Exact counters without an atomic operation, for the one place where even an uncontended adder is
 * too dear: a borrow from a switched-off Recycler takes 1.6 ns, because the JIT removes the
 * allocation.
 *
 * <p>Each platform thread has one block of plain counters, which it alone writes; a counter is a
 * place in all blocks. What a thread counted is folded into a sum when the thread itself has been
 * collected. A virtual thread has no block, there may be millions: its caller counts otherwise.
 *
 * <p>A block holds numbers only. Places are given out again when their pool is gone; a counter
 * begins at what its place holds then. What the service's threads call is lock-free; readers lock
 * each other out.
 */
final class ThreadCounts {
  /** No place: all were given out, or the present thread is virtual. */
  static final int NONE = -1;

  private static final int MOST_PLACES = 4096;

  private static final ThreadLocal<@Nullable Block> MINE = new ThreadLocal<>();
  private static final @Nullable Class<?> VIRTUAL = find("java.lang.VirtualThread");
  private static final @Nullable Class<?> BOUND =
      find("java.lang.ThreadBuilders$BoundVirtualThread");

  private static final AtomicReference<@Nullable Owner> OWNERS = new AtomicReference<>();
  private static final ReferenceQueue<Thread> QUEUE = new ReferenceQueue<>();
  private static final ConcurrentLinkedQueue<Integer> FREE = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger PLACES = new AtomicInteger();

  // Guarded by the class, which only readers lock.
  private static long[] ended = new long[8];
  private static long[] closedAt = new long[8];

  private ThreadCounts() {}

  /** A place that nobody else counts in, or {@link #NONE}. Lock-free. */
  static int open() {
    Integer free = FREE.poll();
    if (free != null) {
      return free;
    }
    int place = PLACES.get() < MOST_PLACES ? PLACES.getAndIncrement() : MOST_PLACES;
    return place < MOST_PLACES ? place : NONE;
  }

  /** Gives a place back that {@link #open} gave and nobody counted in. */
  static void unused(int place) {
    if (place != NONE) {
      FREE.add(place);
    }
  }

  /** Gives a place back; nobody may count in it any more. For readers. */
  static synchronized void close(int place) {
    if (place >= 0) {
      closedAt = grown(closedAt, place);
      closedAt[place] = total(place);
      FREE.add(place);
    }
  }

  /**
   * Counts one. False if the present thread has no block, or not yet a place in it: then the caller
   * must take the slow way, {@link #addSlowly}.
   */
  static boolean add(int place) {
    Block block = MINE.get();
    if (block == null) {
      return false;
    }
    long[] counts = block.counts;
    if (place < 0 || place >= counts.length) {
      return false;
    }
    counts[place]++;
    return true;
  }

  /** Counts one, and makes the block or the place if need be. False for a virtual thread. */
  static boolean addSlowly(int place) {
    Thread thread = Thread.currentThread();
    Class<?> kind = thread.getClass();
    if (place == NONE || kind == VIRTUAL || kind == BOUND) {
      return false;
    }
    Block block = MINE.get();
    if (block == null) {
      block = new Block();
      enlist(thread, block);
      MINE.set(block);
    }
    if (place >= block.counts.length) {
      block.counts = Arrays.copyOf(block.counts, Math.max(2 * block.counts.length, place + 1));
    }
    block.counts[place]++;
    return true;
  }

  /** What all threads counted in a place since it was opened. For readers. */
  static synchronized long sum(int place) {
    if (place < 0) {
      return 0;
    }
    return total(place) - (place < closedAt.length ? closedAt[place] : 0);
  }

  /** Blocks of threads that were not collected yet. For readers. */
  static synchronized int blocks() {
    foldEnded();
    int count = 0;
    for (Owner owner = OWNERS.get(); owner != null; owner = owner.next) {
      count += owner.gone ? 0 : 1;
    }
    return count;
  }

  private static long total(int place) {
    foldEnded();
    long total = place < ended.length ? ended[place] : 0;
    for (Owner owner = OWNERS.get(); owner != null; owner = owner.next) {
      long[] counts = owner.block.counts;
      if (!owner.gone && place < counts.length) {
        total += counts[place];
      }
    }
    return total;
  }

  private static void enlist(Thread thread, Block block) {
    Owner owner = new Owner(thread, block);
    Owner first;
    do {
      first = OWNERS.get();
      owner.next = first;
    } while (!OWNERS.compareAndSet(first, owner));
  }

  private static void foldEnded() {
    boolean any = false;
    Reference<? extends Thread> gone;
    while ((gone = QUEUE.poll()) != null) {
      Owner owner = (Owner) gone;
      long[] counts = owner.block.counts;
      ended = grown(ended, counts.length - 1);
      for (int place = 0; place < counts.length; place++) {
        ended[place] += counts[place];
      }
      owner.gone = true;
      any = true;
    }
    if (any) {
      unlinkGone();
    }
  }

  /**
   * The first one can only go if no thread enlisted in the meantime; else it goes the next time.
   */
  private static void unlinkGone() {
    Owner before = null;
    for (Owner owner = OWNERS.get(); owner != null; owner = owner.next) {
      if (!owner.gone) {
        before = owner;
      } else if (before != null) {
        before.next = owner.next;
      } else if (!OWNERS.compareAndSet(owner, owner.next)) {
        before = owner;
      }
    }
  }

  private static long[] grown(long[] counts, int place) {
    return place < counts.length ? counts : Arrays.copyOf(counts, 2 * place + 1);
  }

  private static @Nullable Class<?> find(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException olderThan21) {
      return null;
    }
  }

  /** The counters of one thread; only it writes them. */
  private static final class Block {
    long[] counts = new long[8];
  }

  private static final class Owner extends WeakReference<Thread> {
    final Block block;

    /** Folded into the sums; written and read by readers. */
    boolean gone;

    volatile @Nullable Owner next;

    Owner(Thread thread, Block block) {
      super(thread, QUEUE);
      this.block = block;
    }
  }
}
