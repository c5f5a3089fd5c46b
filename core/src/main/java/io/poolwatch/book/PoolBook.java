package io.poolwatch.book;

import io.poolwatch.worth.Costs;
import io.poolwatch.worth.Usage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The book of one pool. A pool holds its book (in a field that weaving gave it), the book never
 * holds the pool, so that it cannot keep it alive; {@link Books} learns by a weak reference when
 * the pool is gone.
 *
 * <p>How events are counted is up to the subclass, because it decides what counting costs: {@link
 * ObjectBook} for pools that know their objects one by one, {@link ShareBook} for pools of
 * thread-owned shares. What all have in common is here. Thread-safe.
 */
public abstract class PoolBook {
  /** A limit that is not known, or that the pool does not have. */
  public static final int UNLIMITED = -1;

  private static final int KINDS = ViolationKind.values().length;
  private static final ViolationKind[] VIOLATIONS = ViolationKind.values();
  private static final AtomicReferenceFieldUpdater<PoolBook, @Nullable AtomicLongArray> VIOLATED =
      AtomicReferenceFieldUpdater.newUpdater(PoolBook.class, AtomicLongArray.class, "violated");

  private static final VarHandle UNPOOLED = unpooledHandle();

  private static final AtomicReferenceFieldUpdater<PoolBook, @Nullable Companion> COMPANION =
      AtomicReferenceFieldUpdater.newUpdater(PoolBook.class, Companion.class, "companion");

  private final PoolSystem system;
  private final PoolFacts facts;
  private final Costs costs = new Costs();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile int idleLimit = UNLIMITED;

  /**
   * How often borrows are counted that are served by plain creation just now, 0 if the pool serves;
   * read at each of them, if that is woven.
   */
  @SuppressWarnings("unused") // by the handle
  private int unpooled;

  private volatile int totalLimit = UNLIMITED;

  /** What was borrowed past the pool, where that is counted here; plain: set before it is known. */
  private @Nullable UnpooledCounts besides;

  /** Plain: set before the book is known to others. */
  private boolean inherited;

  /** What an inherited pool had already is not all known yet. */
  private volatile boolean unsettled;

  /** Violations by kind; null until the first one, as in nearly all pools for ever. */
  private volatile @Nullable AtomicLongArray violated;

  /** What the room of fingerprints remembers of the pool; mostly null. */
  private volatile @Nullable Companion companion;

  /** Plain: read at each return; seen late is seen soon enough. */
  private @Nullable Companion resets;

  /** Plain: set before an object is given away, and so seen by whoever has one that is guarded. */
  private boolean guarded;

  /**
   * Stacks that may still be taken until the next refill. Plain, and racy on purpose: it is asked
   * at each borrow and return, and a stack more or less is no error.
   */
  private int stacks = Stacks.perSecond();

  /** All stacks are to be taken from the next refill on, for a while. */
  private volatile boolean arming;

  /** Until when, by {@link System#nanoTime}; only the ledger touches it, under its lock. */
  private long armedUntil;

  private boolean armed;

  /** Where the pool was made, as far as that is known; only the ledger touches it. */
  @Nullable Origin origin;

  /** The reader's memory of where this pool belongs; only the ledger touches it, under its lock. */
  @Nullable Account account;

  /** A new book, of a pool that has done nothing yet. */
  protected PoolBook(PoolSystem system, PoolFacts facts) {
    this.system = system;
    this.facts = facts;
  }

  private static VarHandle unpooledHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(PoolBook.class, "unpooled", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** An object of the pool is guarded; to be called before the pool has it. */
  public final void guarded() {
    guarded = true;
  }

  /** Whether any object of the pool ever was guarded; one read of a field. */
  public final boolean isGuarded() {
    return guarded;
  }

  /** Whether borrows are to be served by plain creation now, as poolwatch's experiment has it. */
  public final boolean isUnpooled() {
    return unpooled() != 0;
  }

  /**
   * How often borrows are to be counted that are served by plain creation now; 0 if the pool
   * serves. No more than a read of a field, but never taken out of a loop.
   */
  public final int unpooled() {
    return (int) UNPOOLED.getOpaque(this);
  }

  /**
   * Has borrows served by plain creation from now on, or by the pool again.
   *
   * @param times how often each is to be counted where that can be chosen: a second time for
   *     nothing but what it takes; 0 if the pool is to serve
   */
  public final void unpooled(int times) {
    UNPOOLED.setVolatile(this, times);
  }

  /** Notes what is borrowed past the pool in these counts; to be called before others know it. */
  public final void besides(UnpooledCounts counts) {
    besides = counts;
  }

  /** Whether {@link #besides(UnpooledCounts)} was called. */
  public final boolean hasBesides() {
    return besides != null;
  }

  /** Whether an object was ever borrowed past the pool, so that the pool does not know it. */
  public final boolean lentBesides() {
    return besides != null && besides.any();
  }

  /**
   * Why borrows cannot be served by plain creation, and what would have to be changed; null if they
   * can, as far as the pool can tell. See {@link UnpooledPool#whyNot}.
   */
  public final @Nullable String whyNotUnpooled() {
    return besides == null ? null : besides.whyNot();
  }

  /** The library that the pool belongs to. */
  public final PoolSystem system() {
    return system;
  }

  /** What a name can be made from. */
  public final PoolFacts facts() {
    return facts;
  }

  /** Samples of what building and borrowing its objects costs. */
  public final Costs costs() {
    return costs;
  }

  /** Notes how many idle objects the pool keeps at most; negative if there is no limit. */
  public final void idleLimit(int limit) {
    idleLimit = limit < 0 ? UNLIMITED : limit;
  }

  /** Notes how many objects the pool has at most; negative if there is no limit. */
  public final void totalLimit(int limit) {
    totalLimit = limit < 0 ? UNLIMITED : limit;
  }

  /** How many idle objects the pool keeps at most, or {@link #UNLIMITED}. */
  public final int idleLimit() {
    return idleLimit;
  }

  /** How many objects the pool has at most, or {@link #UNLIMITED}. */
  public final int totalLimit() {
    return totalLimit;
  }

  /**
   * The pool was in use before it was watched: what it has done is not known, and what it has gets
   * known by and by, until {@link #settled}. To be called before others can see the book.
   */
  public final void inherit() {
    inherited = true;
    unsettled = true;
  }

  /** Whether the pool was in use before it was watched. */
  public final boolean isInherited() {
    return inherited;
  }

  /** What the pool had already is known now. */
  public final void settled() {
    unsettled = false;
  }

  /** Whether there may be objects that the pool had already and that are not known yet. */
  public final boolean isUnsettled() {
    return unsettled;
  }

  /** A borrower begins to wait. */
  public final void waitBegins() {
    pending.incrementAndGet();
  }

  /** A borrower waits no more. */
  public final void waitEnds() {
    pending.decrementAndGet();
  }

  /** Whether a borrower waits. */
  public final boolean isAwaited() {
    return pending.get() > 0;
  }

  /** The contract of this pool was broken. */
  public final void violated(ViolationKind kind) {
    AtomicLongArray counts = violated;
    if (counts == null) {
      VIOLATED.compareAndSet(this, null, new AtomicLongArray(KINDS));
      counts = violated;
    }
    if (counts != null) {
      counts.incrementAndGet(kind.ordinal());
    }
  }

  /** What {@link #resets(Companion)} left here, or null: in nearly all pools. */
  public final @Nullable Companion resets() {
    return resets;
  }

  /** Leaves what watches whether objects are reset as they come back; asked at each return. */
  public final void resets(Companion watch) {
    resets = watch;
  }

  /** What {@link #companion(Companion)} left here, or null. */
  public final @Nullable Companion companion() {
    return companion;
  }

  /** Leaves something to find again, unless there is something; gives what there is now. */
  public final Companion companion(Companion kept) {
    COMPANION.compareAndSet(this, null, kept);
    Companion present = companion;
    return present == null ? kept : present;
  }

  /** Whether the present borrow or return is one whose stack is to be remembered. */
  public final boolean stackDue() {
    return stacks > 0 && takeStack();
  }

  private boolean takeStack() {
    int left = stacks;
    if (left != Integer.MAX_VALUE) {
      stacks = left - 1;
    }
    return true;
  }

  /**
   * From now on many stacks are taken, for {@link Stacks#ARMED_NANOS}: where a contract was broken
   * once it is likely to be broken again, and then both sides are to be known.
   */
  public final void arm() {
    if (Stacks.perSecond() > 0) {
      arming = true;
      Stacks.anyArmed(true);
      stacks = Stacks.armedPerSecond();
    }
  }

  /**
   * Grants the stacks of another second, and a look for what was lost; tells whether all stacks are
   * to be taken. Under the ledger's lock.
   */
  final boolean refill(long nowNanos) {
    costs.refill();
    if (besides != null) {
      besides.refill();
    }
    if (arming) {
      arming = false;
      armed = true;
      armedUntil = nowNanos + Stacks.ARMED_NANOS;
    }
    armed = armed && nowNanos - armedUntil < 0;
    stacks = armed ? Stacks.armedPerSecond() : Stacks.perSecond();
    return armed;
  }

  /** Adds this pool's counts, as they are now, to a tally. Called under the ledger's lock only. */
  public final void tally(Tally into) {
    into.pending(Math.max(0, pending.get()));
    violations(into);
    countBesides(into);
    count(into);
  }

  private void countBesides(Tally into) {
    if (besides != null) {
      besides.count(into);
    }
  }

  private void violations(Tally into) {
    AtomicLongArray counts = violated;
    if (counts != null) {
      for (ViolationKind kind : VIOLATIONS) {
        into.violation(kind, counts.get(kind.ordinal()));
      }
    }
  }

  /** The pool is gone: adds its last counts to a tally. Under the ledger's lock, once. */
  final void close(Tally into) {
    violations(into);
    countBesides(into);
    bury(into);
    if (besides != null) {
      besides.close();
    }
  }

  /**
   * How many idle objects the collector took out of the pool so far; negative if such a pool does
   * not let it. One caller at a time, as under the ledger's lock.
   */
  public long takenByCollector() {
    return -1;
  }

  /**
   * Some time has passed since the last call. Must be cheap; under the ledger's lock.
   *
   * @param nanos how much
   */
  protected void age(long nanos) {}

  /**
   * Told soon after each collection, and about once a second, while it is known which births are in
   * the old generation. Must be cheap; under the ledger's lock.
   *
   * @param sinceNanos how long ago the last collection was; {@code Long.MAX_VALUE} if unknown
   */
  protected void collected(long sinceNanos) {}

  /** Adds the counts that the subclass keeps. One caller at a time. */
  protected abstract void count(Tally into);

  /**
   * Adds what is left of this pool's counts now that it was collected: its idle and lent objects
   * are removed, for the reasons that hold for such a pool.
   */
  protected abstract void bury(Tally into);

  /**
   * How many objects can have been in use at once at most since the last call, or {@link
   * Usage#UNBOUNDED} if that is not known. Under the ledger's lock.
   */
  long mostUsedSinceLast() {
    return Usage.UNBOUNDED;
  }

  /**
   * How many objects were in use at once lately when a borrow missed, at most; 0 if that is not
   * known. Comes down by half of the difference to what is in use every ten minutes.
   */
  long mostUsedAtMiss() {
    return 0;
  }

  /** A window over which keys are counted ends. Under the ledger's lock. */
  void closeKeyWindow() {}

  /** Whether something of this pool still exists although the pool object itself is gone. */
  protected boolean outlivesPool() {
    return false;
  }
}
