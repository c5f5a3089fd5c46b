package io.poolwatch.agent.worth;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ValidationOutcome;

/** What happened in a pool between two readings. Immutable. */
final class Span {
  final long borrows;
  final long hits;
  final long misses;
  final long disabled;

  /** Misses that a removal for want of room is to blame for, each removal once. */
  final long capacity;

  final long validations;
  final long live;

  /** Objects that were promoted; negative where that is not known. */
  final long promoted;

  /** Objects that the pool parted with after they had been promoted; negative where not known. */
  final long promotedGone;

  Span(PoolAppraisal before, PoolAppraisal now) {
    Tally old = before.figures().tally();
    Tally tally = now.figures().tally();
    borrows = tally.borrowsOfPool() - old.borrowsOfPool();
    hits = tally.borrows(BorrowOutcome.HIT) - old.borrows(BorrowOutcome.HIT);
    misses = missesOfPool(tally) - missesOfPool(old);
    disabled = tally.misses(MissCause.DISABLED) - old.misses(MissCause.DISABLED);
    // A pool that does not tell why it missed needed no more than it let go, nor than it missed.
    capacity =
        now.figures().system().missCauses().contains(MissCause.CAPACITY)
            ? tally.misses(MissCause.CAPACITY) - old.misses(MissCause.CAPACITY)
            : Math.min(
                misses,
                tally.removed(RemovalReason.CAPACITY) - old.removed(RemovalReason.CAPACITY));
    validations = validations(tally) - validations(old);
    live = tally.idle() + tally.used();
    boolean known = before.figures().knowsTenured() && now.figures().knowsTenured();
    promoted = known ? Math.max(0, tally.promotions() - old.promotions()) : -1;
    promotedGone = known ? Math.max(0, tally.tenuredRemoved() - old.tenuredRemoved()) : -1;
  }

  private static long missesOfPool(Tally tally) {
    return tally.borrows(BorrowOutcome.MISS) - tally.misses(MissCause.EXPERIMENT);
  }

  private static long validations(Tally tally) {
    long sum = 0;
    for (ValidationOutcome outcome : ValidationOutcome.values()) {
      sum += tally.validations(outcome);
    }
    return sum;
  }
}
