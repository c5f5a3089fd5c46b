package io.poolwatch.woven.threadlocal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What lies where in the blocks of counts of a bundled pool, as the pool says in its own class. */
final class Cells {
  private static final long KNOWN_LAYOUT = 2;

  static final int PUT = 8;
  static final int HIT = 9;
  static final int CLEARED = 11;
  static final int SHELVED = 12;
  static final int TAKEN = 13;
  static final int COLLECTED = 14;
  static final int OWNER_GONE = 15;
  static final int MISS = 16;
  static final int MISS_CLEARED = 17;
  static final int MISS_DISABLED = 18;
  static final int ERROR = 19;
  static final int MISS_UNPOOLED = 20;
  static final int DROPPED_FULL = 21;
  static final int DROPPED_CONTENDED = 22;
  static final int DROPPED_DEBUG = 23;
  static final int DROPPED_DOUBLE_PUT = 24;
  static final int DROPPED_RESET_FAILED = 25;
  static final int DROPPED_UNPOOLED = 26;

  /** The cells that are read are before it. */
  static final int END = 27;

  private Cells() {}

  /** Whether the blocks are in the order that is known here. */
  static boolean canRead(AtomicReference<long[][]> blocks) {
    long[] @Nullable [] all = blocks.get();
    return all != null && all.length > 0 && all[0].length >= END && all[0][0] == KNOWN_LAYOUT;
  }

  /** The counts of all blocks. */
  static long[] sum(AtomicReference<long[][]> blocks) {
    long[] sum = new long[END];
    long[] @Nullable [] all = blocks.get();
    if (all != null) {
      for (long[] block : all) {
        for (int cell = PUT; cell < END; cell++) {
          sum[cell] += block[cell];
        }
      }
    }
    return sum;
  }
}
