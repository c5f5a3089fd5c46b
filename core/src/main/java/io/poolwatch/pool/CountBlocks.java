package io.poolwatch.pool;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The blocks of {@link Cells} of one pool. They stand in one array that is replaced as a whole, so
 * that a reader without a lock never sees a block both in its own place and in the sum of those
 * that are gone, or in neither.
 *
 * <p>All that is reachable from {@link #root} is of the JDK's own classes.
 */
final class CountBlocks {

  /** The first block is the sum of those that are gone. */
  final AtomicReference<long[][]> root = new AtomicReference<>(new long[][] {Cells.block()});

  CountBlocks() {
    blocks()[0][0] = Cells.LAYOUT;
  }

  private long[][] blocks() {
    return Objects.requireNonNull(root.get());
  }

  synchronized long[] open() {
    long[][] before = blocks();
    long[][] after = Arrays.copyOf(before, before.length + 1);
    long[] block = Cells.block();
    after[before.length] = block;
    root.set(after);
    return block;
  }

  /** Folds blocks that nobody writes any more into the sum. */
  synchronized void close(Iterable<long[]> blocks) {
    long[][] after = blocks().clone();
    long[] gone = after[0].clone();
    int kept = after.length;
    for (long[] block : blocks) {
      for (int i = 1; i < kept; i++) {
        if (after[i] == block) {
          Cells.add(gone, block);
          after[i] = after[--kept];
          break;
        }
      }
    }
    after[0] = gone;
    root.set(Arrays.copyOf(after, kept));
  }

  Counts counts() {
    long[] sum = Cells.block();
    for (long[] block : blocks()) {
      Cells.add(sum, block);
    }
    return new Counts(sum);
  }
}
