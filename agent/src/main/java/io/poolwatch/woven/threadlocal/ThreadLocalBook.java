package io.poolwatch.woven.threadlocal;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Losses;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The book of one bundled pool: a reader of the counts that the pool keeps for itself.
 *
 * <p>The pool hands over an {@code AtomicReference} to blocks of counts, {@code long[]} each, the
 * first of them the sum of those whose owners are gone. They are all of the JDK's own classes, so
 * the book may hold them strongly without holding the pool, an object, a thread or a class loader
 * of the service; and when the pool has been collected, its last counts are still here.
 *
 * <p><b>Order of reading.</b> What ends is read before what begins: collected objects, puts and
 * what was let go, then hits and misses. The pool publishes a put after the get before it, so no
 * put is ever seen without its get.
 *
 * <p><b>Objects from elsewhere.</b> Any object may be put, not only what came from a get, and the
 * pool does not look. As soon as more came in than ever went out, the rest was certainly made by
 * somebody else: it counts as created, without a miss, as a pre-filled object does elsewhere. Until
 * then such an object passes for the return of a lent one.
 *
 * <p><b>An experiment</b> has gets served by plain creation, and lets go what is put meanwhile,
 * whichever object that is. What it made counts as removed at once, since many an application never
 * puts such an object; and should it have let go more than it made, that counts instead.
 *
 * <p><b>Lent objects</b> are not held by the pool. What was lent and is collected was leaked; it is
 * found as what was collected beyond all that the pool itself let go, which is never too much.
 */
public final class ThreadLocalBook extends PoolBook {
  private final AtomicReference<long[][]> blocks;
  private final Losses losses;

  /** Shows what lies in the pool; goes with it. */
  private final WeakReference<Consumer<Consumer<Object>>> idle;

  /** Objects that were put twice, and that the pool itself did not notice. */
  private final AtomicLong unnoticed = new AtomicLong();

  // Only the ledger touches these, under its lock.
  private long putTwice;
  private long leaked;
  private long adopted;
  private long excess;
  private long mostLive;
  private long cold;
  private long missedCleared;
  private long missedOwner;
  private long missedOther;

  ThreadLocalBook(
      PoolFacts facts,
      Object pool,
      AtomicReference<long[][]> blocks,
      Consumer<Consumer<Object>> idle) {
    super(ThreadLocalPoolHooks.SYSTEM, facts);
    this.blocks = blocks;
    this.idle = new WeakReference<>(idle);
    losses = new Losses(pool);
  }

  /** The factory made an object. */
  void made(Object object) {
    losses.watch(object);
  }

  /** The pool let an object go, which the caller still holds. */
  void partedWith(Object object) {
    losses.partedWith(object);
  }

  /** An object was put twice, as the guard knows. */
  void putTwice() {
    unnoticed.incrementAndGet();
  }

  /** The pool itself noticed it, too, and counts it; before {@link #putTwice}. */
  void putTwiceIsCounted() {
    unnoticed.decrementAndGet();
  }

  @Override
  protected void count(Tally into) {
    losses.see(idle.get());
    Tally books = new Tally();
    countObjects(books);
    into.add(books);
    losses.countTenured(books, adopted, into);
  }

  private void countObjects(Tally into) {
    long lost = losses.collected();
    VarHandle.fullFence();
    long[] in = Cells.sum(blocks);
    VarHandle.fullFence();
    long[] out = Cells.sum(blocks);

    long kept = in[Cells.PUT] + in[Cells.SHELVED];
    long full = in[Cells.DROPPED_FULL];
    long refused = in[Cells.DROPPED_CONTENDED] + in[Cells.DROPPED_DEBUG];
    long broken = in[Cells.DROPPED_RESET_FAILED];
    long unpooled = in[Cells.DROPPED_UNPOOLED];
    long dropped = full + refused + broken;
    long cleared = in[Cells.CLEARED] + in[Cells.COLLECTED];
    long ownerGone = in[Cells.OWNER_GONE];
    long hits = out[Cells.HIT] + out[Cells.TAKEN];
    long apart = out[Cells.MISS_UNPOOLED];
    long misses = out[Cells.MISS] + out[Cells.MISS_CLEARED] + out[Cells.MISS_DISABLED];

    into.borrow(BorrowOutcome.HIT, hits);
    into.borrow(BorrowOutcome.ERROR, out[Cells.ERROR]);
    into.miss(MissCause.CLEARED, out[Cells.MISS_CLEARED]);
    into.miss(MissCause.DISABLED, out[Cells.MISS_DISABLED]);
    into.miss(MissCause.EXPERIMENT, apart);
    into.returned(ReturnOutcome.POOLED, kept);
    into.returned(ReturnOutcome.DISCARDED, dropped + unpooled);
    into.returned(ReturnOutcome.REJECTED, in[Cells.DROPPED_DOUBLE_PUT]);
    // Between the two words of one event the sum is one too low.
    putTwice = Math.max(putTwice, in[Cells.DROPPED_DOUBLE_PUT] + unnoticed.get());
    into.violation(ViolationKind.DOUBLE_RETURN, putTwice);
    into.removed(RemovalReason.CAPACITY, full);
    into.removed(RemovalReason.NOT_ADMITTED, refused);
    into.removed(RemovalReason.ERROR, broken);
    into.removed(RemovalReason.CLEARED, cleared);
    into.removed(RemovalReason.OWNER_GONE, ownerGone);
    excess = Math.max(excess, unpooled - apart);
    into.removed(RemovalReason.EXPERIMENT, apart + excess);

    leaked = Math.max(leaked, lost - dropped - unpooled - cleared - ownerGone);
    into.removed(RemovalReason.LEAKED, leaked);
    long gone = dropped + excess + cleared + ownerGone + leaked;
    adopted = Math.max(adopted, kept + dropped + excess + leaked - hits - misses);
    adopted = Math.max(adopted, gone - misses);
    long live = misses + adopted - gone;
    long idle = Math.min(live, Math.max(0, kept - hits - cleared - ownerGone));
    into.live(idle, live - idle);
    missed(live, out[Cells.MISS], cleared - out[Cells.MISS_CLEARED], ownerGone, into);
  }

  /**
   * Shares the misses since the last reading out among their causes: as many are cold as there are
   * more objects than at any reading before, since each of those had to be made; then as many are
   * for what the collector cleared, or an owner took along, as was not missed yet.
   *
   * @param cleared objects that the collector cleared, of which no miss is known to be for it
   */
  private void missed(long live, long misses, long cleared, long ownerGone, Tally into) {
    long left = misses - cold - missedCleared - missedOwner - missedOther;
    long more = Math.min(left, Math.max(0, live - mostLive));
    mostLive = Math.max(mostLive, live);
    cold += more;
    left -= more;
    more = Math.min(left, Math.max(0, cleared - missedCleared));
    missedCleared += more;
    left -= more;
    more = Math.min(left, Math.max(0, ownerGone - missedOwner));
    missedOwner += more;
    missedOther += left - more;
    into.miss(MissCause.COLD, cold);
    into.miss(MissCause.CLEARED, missedCleared);
    into.miss(MissCause.OWNER_GONE, missedOwner);
    into.miss(MissCause.OTHER, missedOther);
  }

  @Override
  public long takenByCollector() {
    long[] now = Cells.sum(blocks);
    return now[Cells.CLEARED] + now[Cells.COLLECTED];
  }

  /** What lay in the pool went with it, and what was lent has nowhere to come back to. */
  @Override
  protected void bury(Tally into) {
    count(into);
    into.bury(RemovalReason.POOL_GONE, RemovalReason.POOL_GONE);
    losses.end();
  }
}
