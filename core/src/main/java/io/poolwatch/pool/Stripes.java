package io.poolwatch.pool;

/**
 * The shelves of those who own none: virtual threads, of which there may be millions, each for one
 * short task. A thread starts at the shelf that its id falls on and goes on to the next when that
 * one is in use, so that as many shelves are busy as there are carriers at work.
 */
final class Stripes {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int FEWEST = 8;
  private static final int MOST = 64;

  final Shelf[] shelves;

  Stripes(int limit, int now, CountBlocks blocks) {
    int wanted = 4 * Runtime.getRuntime().availableProcessors();
    int count = FEWEST;
    while (count < wanted && count < MOST) {
      count *= 2;
    }
    shelves = new Shelf[count];
    for (int i = 0; i < count; i++) {
      shelves[i] = new Shelf(limit, now, blocks.open());
    }
  }

  /** Where the thread starts to look. */
  int indexFor(Thread thread) {
    return (int) ((thread.getId() * GOLDEN) >>> 32) & (shelves.length - 1);
  }

  void sweep(int now) {
    for (Shelf shelf : shelves) {
      shelf.sweep(now);
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
