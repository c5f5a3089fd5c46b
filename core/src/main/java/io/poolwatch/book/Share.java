package io.poolwatch.book;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one thread's share of a pool, such as a Recycler's local pool.
 *
 * <p>A <em>confined</em> share is only ever borrowed from by the thread that owns it, so its hot
 * counters are plain fields with one writer; returns by other threads go to shared counters. A
 * share that several threads may borrow from counts in adders. All plain counters grow by one
 * writer, and a reader that sees one late sees it in its next snapshot.
 *
 * <p>The share never refers to the pool's objects, except weakly: one reference to the library's
 * local pool tells when the whole share is collected, one for each tracked object tells when that
 * is collected while lent.
 */
public final class Share extends Follower {
  private static final int RETURNED_BY_OTHERS = 0;
  private static final int REJECTED = 1;
  private static final int ERRORS = 2;
  private static final int COLLECTED = 3;
  private static final int REFUSED = 4;
  private static final int EMPTYING = 5;
  private static final int LEAKED = 6;
  private static final int DROPPED_BY_OTHERS = 7;
  private static final int DISCARDED = 8;
  private static final int REMOVED_IDLE = DISCARDED + RemovalReason.values().length;
  private static final int COUNTERS = REMOVED_IDLE + RemovalReason.values().length;

  /**
   * A loan here may take 9 ns. The first of so many times {@link Sampling#rate} loans is timed, and
   * never more than about ten a second, however many there are.
   */
  private static final int MORE_RARELY = 8;

  private static final long TIMED_APART_NANOS = 100_000_000L;
  private static final int MOST_APART = 1 << 26;

  /** A loan that lasts longer makes room for another one to be timed. */
  private static final long LONGEST_TIMED_NANOS = 10_000_000_000L;

  private static final AtomicIntegerFieldUpdater<Share> IN_QUARANTINE =
      AtomicIntegerFieldUpdater.newUpdater(Share.class, "inQuarantine");

  private static final RemovalReason[] REASONS = RemovalReason.values();
  private static final MissCause[] CAUSES = MissCause.values();

  private final ShareBook book;
  private final boolean confined;
  private final @Nullable WeakReference<Thread> owner;
  private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);
  private final TrackedObjects tracked = new TrackedObjects();
  private final @Nullable LongAdder sharedHits;
  private final @Nullable LongAdder sharedReturns;
  private final ShareShortage shortage = new ShareShortage();

  /** Misses by cause, of objects that can come back. Written by the owner alone, or shared. */
  private final AtomicLongArray misses = new AtomicLongArray(CAUSES.length);

  /** The same, of objects that cannot. */
  private final AtomicLongArray missesRefused = new AtomicLongArray(CAUSES.length);

  // Written by the owner alone.
  private long hits;
  private long nextTimed;
  private long returned;

  /**
   * Plain: read at each return, where a volatile read would make the JIT load everything anew. A
   * thread that sees it late, or sees a probe without its referent, misses a sample.
   */
  private @Nullable LoanProbe probe;

  private int apart;
  private long timedAt;

  /** The how-manieth share of its pool this is, from 0; written once, before it is published. */
  int ordinal;

  /** Weak reference to the library's local pool; written once, before the share is published. */
  @Nullable WeakReference<Object> localPool;

  /** Objects that went into quarantine, and were not missed yet; 0 as long as there is none. */
  private volatile int inQuarantine;

  Share(ShareBook book, boolean confined) {
    this.book = book;
    this.confined = confined;
    owner = confined ? new WeakReference<>(Thread.currentThread()) : null;
    apart = fewestApart();
    nextTimed = Sampling.rate() == 0 ? -1 : apart;
    sharedHits = confined ? null : new LongAdder();
    sharedReturns = confined ? null : new LongAdder();
  }

  /** The book of the pool that this is a share of. */
  public ShareBook book() {
    return book;
  }

  /** A borrow was served by a pooled object. */
  public void hit() {
    if (confined) {
      hits++;
    } else if (sharedHits != null) {
      sharedHits.increment();
    }
  }

  /**
   * A borrow was served by a pooled object, which is the one to time if a loan is due.
   *
   * @param object what goes out and comes back: the handle, or the object itself
   */
  public void hit(Object object) {
    if (confined) {
      if (++hits == nextTimed) {
        time(object);
      }
    } else if (sharedHits != null) {
      sharedHits.increment();
    }
  }

  /** Apart from the hot path, which must stay small. */
  private void time(Object object) {
    long now = System.nanoTime();
    long since = now - timedAt;
    if (since < TIMED_APART_NANOS) {
      apart = Math.min(apart << 1, MOST_APART);
    } else if (since > TIMED_APART_NANOS << 2) {
      apart = Math.max(apart >> 1, fewestApart());
    }
    nextTimed = hits + apart;
    LoanProbe pending = probe;
    if (pending == null || now - pending.start > LONGEST_TIMED_NANOS) {
      timedAt = now;
      probe = new LoanProbe(object, now);
    }
  }

  private static int fewestApart() {
    return Math.max(1, Sampling.rate() * MORE_RARELY);
  }

  /** An idle object went into quarantine instead of being lent. */
  public void quarantined() {
    removedIdle(RemovalReason.QUARANTINED);
    IN_QUARANTINE.incrementAndGet(this);
  }

  /** A borrow made an object that can come back. */
  public void miss() {
    misses.incrementAndGet(whyMade().ordinal());
  }

  /** A borrow made an object that the pool will never take back, though it is switched on. */
  public void missNotAdmitted() {
    missesRefused.incrementAndGet(whyMade().ordinal());
    counters.incrementAndGet(REFUSED);
    shortage.parted(MissCause.NOT_ADMITTED, made() - gone());
  }

  private MissCause whyMade() {
    if (book.isInherited()) {
      return MissCause.OTHER; // how much was in use, and what was parted with, is not known
    }
    if (inQuarantine > 0) {
      if (IN_QUARANTINE.getAndDecrement(this) > 0) {
        return MissCause.QUARANTINE;
      }
      IN_QUARANTINE.incrementAndGet(this);
    }
    return shortage.judge(used(), this);
  }

  /** Objects that are in use now, or somewhat more; collected ones are found later. */
  long used() {
    long out = hits + sum(sharedHits) + made();
    long in = counters.get(RETURNED_BY_OTHERS) + returned + sum(sharedReturns);
    return Math.max(0, out - in - sumOf(DISCARDED) - counters.get(LEAKED));
  }

  /** Objects that are idle now, or nearly so many. */
  long idle() {
    return Math.max(0, made() - gone() - used());
  }

  private long made() {
    long sum = 0;
    for (int i = 0; i < CAUSES.length; i++) {
      sum += misses.get(i);
    }
    return sum;
  }

  private long gone() {
    return sumOf(DISCARDED) + sumOf(REMOVED_IDLE) + counters.get(LEAKED);
  }

  private long sumOf(int first) {
    long sum = 0;
    for (int i = 0; i < REASONS.length; i++) {
      sum += counters.get(first + i);
    }
    return sum;
  }

  void endShortage(Debts gone, int most) {
    shortage.end(gone, most);
  }

  /** What was parted with long ago is not what is missed now. */
  void halveDebts() {
    shortage.halve();
  }

  /** A borrow failed. */
  public void failed() {
    counters.incrementAndGet(ERRORS);
  }

  /** The owner gave an object back, and it is idle again. Only where the library just checked. */
  public void returnedByOwner() {
    returned++;
  }

  /** Some thread gave an object back, and it is idle again. */
  public void returned() {
    if (sharedReturns != null) {
      sharedReturns.increment();
    } else if (owner != null && Referent.is(owner, Thread.currentThread())) {
      returned++;
    } else {
      counters.incrementAndGet(RETURNED_BY_OTHERS);
    }
  }

  /** Times the loan that just ended, if it was the one to time. */
  public void loanEnded(Object object) {
    LoanProbe pending = probe;
    if (pending != null) {
      endTiming(pending, object);
    }
  }

  private void endTiming(LoanProbe pending, Object object) {
    if (Referent.is(pending, object)) {
      probe = null;
      DurationSamples.record(book, DurationSamples.LOAN, System.nanoTime() - pending.start);
      if (!book.isInherited()) { // else nobody knows how many there are
        book.costs().sized(object);
      }
    }
  }

  /** An object was given back and thrown away. */
  public void discarded(RemovalReason reason) {
    counters.incrementAndGet(DISCARDED + reason.ordinal());
    parted(reason);
    if (owner != null && isForWantOfRoom(reason) && !Referent.is(owner, Thread.currentThread())) {
      counters.incrementAndGet(DROPPED_BY_OTHERS);
    }
  }

  private void parted(RemovalReason reason) {
    if (book.isInherited()) {
      return; // no miss is told to be for it
    }
    if (reason == RemovalReason.OWNER_GONE) {
      book.ended(this, 1);
    } else {
      shortage.parted(reason.asCause(), made() - gone());
    }
  }

  /** Whether the place of the share refused an object, and not some rule about the object. */
  private static boolean isForWantOfRoom(RemovalReason reason) {
    return reason == RemovalReason.CAPACITY || reason == RemovalReason.OWNER_GONE;
  }

  /** An idle object was thrown away. */
  public void removedIdle(RemovalReason reason) {
    counters.incrementAndGet(REMOVED_IDLE + reason.ordinal());
    parted(reason);
  }

  /**
   * All objects that are idle now were thrown away at once. Of threads that say so together one is
   * heard: none is subtracted twice.
   */
  public void removedAllIdle(RemovalReason reason) {
    if (counters.compareAndSet(EMPTYING, 0, 1)) {
      Tally now = new Tally();
      count(now);
      counters.addAndGet(REMOVED_IDLE + reason.ordinal(), now.idle());
      book.ended(this, now.idle());
      tracked.removedIdle();
      counters.set(EMPTYING, 0);
    }
  }

  /** A return was refused. */
  public void rejected() {
    counters.incrementAndGet(REJECTED);
  }

  /**
   * Watches an object that was made, so that its loss is noticed.
   *
   * @return where it may be told what becomes of the object; null beyond the bound, where nothing
   *     is done
   */
  public @Nullable TrackedObject track(Object object) {
    int weight = tracked.weightOfNext();
    if (weight == 0) {
      return null;
    }
    TrackedObject reference = new TrackedObject(object, Books.queue(), this, weight);
    tracked.add(reference);
    return reference;
  }

  /**
   * The same of an object for which the library keeps nothing: {@link ShareBook#partedWith} finds
   * it by its identity.
   *
   * @param life says whether the object is lent; null if nobody does
   */
  public void know(Object object, @Nullable Life life) {
    int weight = tracked.weightOfNext();
    if (weight > 0) {
      KnownObject reference =
          life == null
              ? new KnownObject(object, Books.queue(), this, weight)
              : new KnownObject.Guarded(object, Books.queue(), this, weight, life);
      tracked.add(reference);
      book.known(reference);
    }
  }

  @Override
  Promotions promotions() {
    return book.promotions();
  }

  @Override
  void removedUnsettled(TrackedObject object, long at) {
    book.removedUnsettled(object, at);
  }

  /**
   * A tracked object was collected; told by the ledger. If the whole share was, the object may as
   * well have been idle in it: the share's burial tells them apart, and it may come after this.
   */
  @Override
  void collected(TrackedObject reference, long at) {
    tracked.collected(reference, at);
    if (localPool == null || !Referent.is(localPool, null)) {
      counters.incrementAndGet(COLLECTED);
    }
  }

  @Override
  void sweep() {
    tracked.sweep(book);
  }

  /** What of it is tracked. */
  TrackedObjects tracked() {
    return tracked;
  }

  /**
   * Adds this share's counts. What ends is read before what begins, so that nothing is negative.
   */
  void count(Tally into) {
    long collected = counters.get(COLLECTED);
    long discarded = 0;
    long removedIdle = 0;
    for (RemovalReason reason : REASONS) {
      long thrown = counters.get(DISCARDED + reason.ordinal());
      long cleared = counters.get(REMOVED_IDLE + reason.ordinal());
      into.removed(reason, thrown + cleared);
      discarded += thrown;
      removedIdle += cleared;
    }
    long refusedAtBirth = counters.get(REFUSED);
    into.removed(RemovalReason.NOT_ADMITTED, refusedAtBirth);
    into.returned(ReturnOutcome.REJECTED, counters.get(REJECTED));
    into.borrow(BorrowOutcome.ERROR, counters.get(ERRORS));
    long back = counters.get(RETURNED_BY_OTHERS) + returned + sum(sharedReturns);
    into.returned(ReturnOutcome.POOLED, back);
    into.returned(ReturnOutcome.DISCARDED, discarded);
    // Objects that were thrown away are collected too; what is beyond them was lost while lent.
    long leaked = mostLeaked(collected - discarded - removedIdle);
    long made = 0;
    for (MissCause cause : CAUSES) {
      long admitted = misses.get(cause.ordinal());
      into.miss(cause, admitted + missesRefused.get(cause.ordinal()));
      made += admitted;
    }
    long served = hits + sum(sharedHits);
    into.borrow(BorrowOutcome.HIT, served);
    into.removed(RemovalReason.LEAKED, leaked);
    if (book.isInherited()) {
      into.unplaced(made - discarded - removedIdle - leaked);
      return;
    }
    long live = Math.max(0, made - discarded - removedIdle - leaked);
    // A pool without a guard takes one object back twice: then more come back than went out.
    long used = Math.max(0, served + made - back - discarded - leaked);
    used = Math.min(used, live);
    into.live(live - used, used);
  }

  /** Adds how objects came back to this share; nothing if it belongs to no one thread. */
  void count(ReturnPaths into) {
    if (!confined) {
      return;
    }
    long byOthers = counters.get(DROPPED_BY_OTHERS);
    long dropped =
        counters.get(DISCARDED + RemovalReason.CAPACITY.ordinal())
            + counters.get(DISCARDED + RemovalReason.OWNER_GONE.ordinal());
    into.byOwner(returned, Math.max(0, dropped - byOthers));
    into.byOthers(counters.get(RETURNED_BY_OTHERS), byOthers);
  }

  /** What is read of this share on its own. */
  ShareReading reading() {
    Tally now = new Tally();
    count(now);
    return new ShareReading(this, confined, ordinal == 0, hits + sum(sharedHits), made(), now);
  }

  /** Whether the thread that owns this share has ended; false if none does. */
  boolean isOwnerGone() {
    Thread thread = owner == null ? null : owner.get();
    return owner != null && (thread == null || !thread.isAlive());
  }

  /** Name of the thread that owns this share; null if none does, or it is gone. */
  @Nullable String ownerName() {
    Thread thread = owner == null ? null : owner.get();
    return thread == null ? null : thread.getName();
  }

  /**
   * The most leaks that any reading found: a leak seen first, and a discarded object collected
   * later, must not make the sum fall.
   */
  private long mostLeaked(long now) {
    long before;
    do {
      before = counters.get(LEAKED);
      if (before >= now) {
        return before;
      }
    } while (!counters.compareAndSet(LEAKED, before, now));
    book.arm();
    return now;
  }

  private static long sum(@Nullable LongAdder adder) {
    return adder == null ? 0 : adder.sum();
  }

  /** The one loan of this share that is timed now. */
  private static final class LoanProbe extends WeakReference<Object> {
    final long start;

    LoanProbe(Object object, long start) {
      super(object);
      this.start = start;
    }
  }
}
