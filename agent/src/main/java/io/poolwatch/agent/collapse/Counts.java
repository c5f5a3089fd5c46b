package io.poolwatch.agent.collapse;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.Tally;

/**
 * Borrows that ended in a hit or a miss, and the misses by cause; of one tick, or all until one. A
 * miss that poolwatch's own quarantine made is a hit here, and what its experiment served is no
 * borrow. Immutable.
 */
final class Counts {
  private static final MissCause[] CAUSES = MissCause.values();

  static final Counts NONE = new Counts(0, new long[CAUSES.length], KeyCounts.NONE);

  private final long borrows;
  private final long[] misses;
  private final KeyCounts keys;

  private Counts(long borrows, long[] misses, KeyCounts keys) {
    this.borrows = borrows;
    this.misses = misses;
    this.keys = keys;
  }

  static Counts of(Tally tally) {
    long[] misses = new long[CAUSES.length];
    for (MissCause cause : CAUSES) {
      boolean own = cause == MissCause.QUARANTINE || cause == MissCause.EXPERIMENT;
      misses[cause.ordinal()] = own ? 0 : tally.misses(cause);
    }
    long borrows =
        tally.borrows(BorrowOutcome.HIT)
            + tally.borrows(BorrowOutcome.MISS)
            - tally.misses(MissCause.EXPERIMENT);
    return new Counts(borrows, misses, KeyCounts.of(tally));
  }

  /** Both, of which the other one is the earlier. */
  Counts plus(Counts other) {
    return combined(other, 1, keys.plus(other.keys));
  }

  /** What happened since an earlier count; never negative, whatever a reader saw late. */
  Counts since(Counts earlier) {
    return combined(earlier, -1, keys.since(earlier.keys));
  }

  private Counts combined(Counts other, int sign, KeyCounts bothKeys) {
    long[] sum = new long[CAUSES.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.max(0, misses[i] + sign * other.misses[i]);
    }
    return new Counts(Math.max(0, borrows + sign * other.borrows), sum, bothKeys);
  }

  KeyCounts keys() {
    return keys;
  }

  long borrows() {
    return borrows;
  }

  long misses() {
    long sum = 0;
    for (long count : misses) {
      sum += count;
    }
    return sum;
  }

  long misses(MissCause cause) {
    return misses[cause.ordinal()];
  }

  /** Misses of a cause over all borrows, from 0 to 1. */
  double share(MissCause cause) {
    return borrows == 0 ? 0 : (double) misses(cause) / borrows;
  }
}
