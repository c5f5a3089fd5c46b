package io.poolwatch.woven.threadlocal;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The book of a bundled pool whose class was loaded before the agent. The pool has counted since
 * its beginning; here counts what it counted since it was found, or a counter would begin with a
 * jump. What lies in it is known, too. What it has lent is not: objects may have been lost before
 * anybody looked, and objects of others may have been put.
 */
final class FoundBook extends PoolBook {
  private final AtomicReference<long[][]> blocks;
  private final long[] before;

  FoundBook(PoolFacts facts, AtomicReference<long[][]> blocks) {
    super(ThreadLocalPoolHooks.LATE, facts);
    this.blocks = blocks;
    before = Cells.sum(blocks);
    inherit();
    settled(); // nobody has to look into it
  }

  @Override
  protected void count(Tally into) {
    long[] in = Cells.sum(blocks);
    VarHandle.fullFence();
    long[] out = Cells.sum(blocks);
    long idle =
        in[Cells.PUT]
            + in[Cells.SHELVED]
            - out[Cells.HIT]
            - out[Cells.TAKEN]
            - in[Cells.CLEARED]
            - in[Cells.COLLECTED]
            - in[Cells.OWNER_GONE];
    for (int cell = 0; cell < Cells.END; cell++) {
      in[cell] -= before[cell];
      out[cell] -= before[cell];
    }
    long refused = in[Cells.DROPPED_CONTENDED] + in[Cells.DROPPED_DEBUG];
    long dropped = in[Cells.DROPPED_FULL] + refused + in[Cells.DROPPED_RESET_FAILED];
    long cleared = in[Cells.CLEARED] + in[Cells.COLLECTED];
    into.borrow(BorrowOutcome.HIT, out[Cells.HIT] + out[Cells.TAKEN]);
    into.borrow(BorrowOutcome.ERROR, out[Cells.ERROR]);
    into.miss(MissCause.CLEARED, out[Cells.MISS_CLEARED]);
    into.miss(MissCause.DISABLED, out[Cells.MISS_DISABLED]);
    into.miss(MissCause.OTHER, out[Cells.MISS]);
    into.returned(ReturnOutcome.POOLED, in[Cells.PUT] + in[Cells.SHELVED]);
    into.returned(ReturnOutcome.DISCARDED, dropped);
    into.returned(ReturnOutcome.REJECTED, in[Cells.DROPPED_DOUBLE_PUT]);
    into.violation(ViolationKind.DOUBLE_RETURN, in[Cells.DROPPED_DOUBLE_PUT]);
    into.removed(RemovalReason.CAPACITY, in[Cells.DROPPED_FULL]);
    into.removed(RemovalReason.NOT_ADMITTED, refused);
    into.removed(RemovalReason.ERROR, in[Cells.DROPPED_RESET_FAILED]);
    into.removed(RemovalReason.CLEARED, cleared);
    into.removed(RemovalReason.OWNER_GONE, in[Cells.OWNER_GONE]);
    long live = Math.max(0, idle);
    into.live(live, 0);
    long made = out[Cells.MISS] + out[Cells.MISS_CLEARED] + out[Cells.MISS_DISABLED];
    into.unplaced(made - dropped - cleared - in[Cells.OWNER_GONE] - live);
  }

  @Override
  public long takenByCollector() {
    long[] now = Cells.sum(blocks);
    return now[Cells.CLEARED] + now[Cells.COLLECTED];
  }

  @Override
  protected void bury(Tally into) {
    count(into);
    into.bury(RemovalReason.POOL_GONE, RemovalReason.POOL_GONE);
  }
}
