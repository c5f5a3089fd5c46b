package io.poolwatch.pool;

import java.util.concurrent.atomic.LongAdder;

/**
 * The shelves of those who own none: virtual threads, of which there may be millions, each for one
 * short task. A thread starts at the shelf that its id falls on and goes on to the next when that
 * one is in use, so that as many shelves are busy as there are carriers at work.
 */
final class Stripes implements RareCounts {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int FEWEST = 8;
  private static final int MOST = 64;

  final Shelf[] shelves;
  private final LongAdder misses = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder[] drops = new LongAdder[DropReason.values().length];

  Stripes(int limit, int now) {
    int wanted = 4 * Runtime.getRuntime().availableProcessors();
    int count = FEWEST;
    while (count < wanted && count < MOST) {
      count *= 2;
    }
    shelves = new Shelf[count];
    for (int i = 0; i < count; i++) {
      shelves[i] = new Shelf(limit, now);
    }
    for (int i = 0; i < drops.length; i++) {
      drops[i] = new LongAdder();
    }
  }

  /** Where the thread starts to look. */
  int indexFor(Thread thread) {
    return (int) ((thread.getId() * GOLDEN) >>> 32) & (shelves.length - 1);
  }

  @Override
  public void countMiss() {
    misses.increment();
  }

  @Override
  public void countError() {
    errors.increment();
  }

  @Override
  public void countDrop(DropReason reason) {
    drops[reason.ordinal()].increment();
  }

  void sweep(int now) {
    for (Shelf shelf : shelves) {
      shelf.sweep(now);
    }
  }

  void addTo(Tally tally) {
    for (Shelf shelf : shelves) {
      shelf.addTo(tally);
    }
    tally.misses += misses.sum();
    tally.errors += errors.sum();
    for (int i = 0; i < drops.length; i++) {
      tally.drops[i] += drops[i].sum();
    }
  }

  int countIdle() {
    int found = 0;
    for (Shelf shelf : shelves) {
      found += shelf.countIdle();
    }
    return found;
  }
}
