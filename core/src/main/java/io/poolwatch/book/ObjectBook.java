package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The book of a pool that knows each of its objects, as Commons Pool2 does.
 *
 * <p>The counts lie in the {@linkplain Life lives} of the objects. The book keeps a list of them,
 * adds what a removed one counted to its folded sums and lets it go. Folding is done by whoever
 * reads, and by a creating thread when too many removed ones have gathered; it never waits: if
 * somebody folds already, a service's thread goes on. Thread-safe.
 */
public final class ObjectBook extends PoolBook {
  private static final int EXHAUSTED = 0;
  private static final int ERROR = 1;
  private static final int REJECTED = 2;
  private static final int INVALID = 3;
  private static final int VALIDATION_ERROR = 4;
  private static final int DISCARDED_UNTOLD = 5;
  private static final int HIT_UNTOLD = 6;
  private static final int MISS_UNTOLD = 7;
  private static final int TAKEN_BY_COLLECTOR = 8;
  private static final int RARE = 9;

  /** Removed lives that may gather before a creating thread folds them. */
  private static final int MIN_GARBAGE = 256;

  /**
   * Removed lives that wait at most, until it is known whether a collection had promoted them; what
   * is beyond is judged by what is known.
   */
  private static final int MOST_UNSETTLED = 4096;

  private final AtomicReference<Life> head = new AtomicReference<>();
  private final AtomicInteger garbage = new AtomicInteger();
  private final AtomicBoolean folding = new AtomicBoolean();

  /** What no life holds: events of no object, or rare enough for a counter that all share. */
  private final AtomicLongArray rare = new AtomicLongArray(RARE);

  /**
   * The next borrow is to be timed: the first one is, then one after each loan that is measured, so
   * that borrowers need no counter of their own. Plain, and racy on purpose: it is read at each
   * borrow, and a sample more or less is no error.
   */
  private boolean borrowDue = true;

  /** Plain: of two threads that end their longest loans at a time one may be missed. */
  private long longestLoan;

  private final LoanWatch loanWatch = new LoanWatch(this);
  private final Shortage shortage = new Shortage();

  /** Objects that went into quarantine, and were not missed yet. */
  private final AtomicInteger inQuarantine = new AtomicInteger();

  /** Plain: set before there are objects. */
  private boolean serial;

  /** Plain: set before there are objects. */
  private boolean soft;

  /** The pool was closed: who has an object of it yet may do with it as he likes. */
  private volatile boolean closed;

  // Guarded by folding.
  private final Tally folded = new Tally();
  private final Promotions promotions = new Promotions();
  private int liveWhenFolded;
  private int usedWhenFolded;

  // Only the ledger touches this, under its lock.
  private long seenRemoved;

  /** A new book, of a pool that has done nothing yet. */
  public ObjectBook(PoolSystem system, PoolFacts facts) {
    super(system, facts);
  }

  /** The pool lets one thread in at a time, as soft pools do. */
  public void serial() {
    serial = true;
  }

  /** Whether no two calls of the pool can overlap. */
  public boolean isSerial() {
    return serial;
  }

  /** The pool leaves its idle objects to the collector, as soft pools do. */
  public void soft() {
    soft = true;
  }

  /**
   * An object was made; it is neither lent nor idle yet.
   *
   * @param object itself, which is not kept; null if the factory made none, or if it is unknown:
   *     then the object is never counted as promoted
   */
  public void created(Life life, @Nullable Object object) {
    created(life, object, null);
  }

  /**
   * The same in a pool with keys.
   *
   * @param key under which it was made, or null if that is not known
   */
  public void created(Life life, @Nullable Object object, @Nullable KeyShare key) {
    life.key(key);
    if (life.born(object)) {
      shortage.made(key);
      enlist(life);
    }
  }

  /**
   * The pool is about to make an object under a key.
   *
   * @param share what is kept of the key
   */
  public void asked(KeyShare share, @Nullable Object key) {
    if (!share.isKnown() && key != null) {
      shortage.recall(share, key);
    }
  }

  /** An object was made and at once thrown away, without having been in the pool. */
  public void stillborn(Life life, RemovalReason reason) {
    if (life.born()) {
      life.removed(reason);
      garbage.incrementAndGet();
      enlist(life);
    }
  }

  /**
   * Watches the object of a life for its collection; to be called before {@link #created}. An
   * object that is collected while lent {@linkplain RemovalReason#LEAKED leaked}; of a pool that
   * holds its objects itself, that is one that was dropped without having been closed. While idle
   * it was {@linkplain RemovalReason#CLEARED cleared} if the pool is {@linkplain #soft soft}, or
   * else went with its pool. Does nothing beyond the bound on watched objects.
   */
  public void track(Life life, Object object) {
    if (life.tracker == null && Books.mayTrack()) {
      life.tracker = new Tracked(object, Books.queue(), this, life);
    }
  }

  private boolean collected(Life life, long at) {
    if (!soft && (closed || !life.isLent())) {
      return false; // its pool is gone, too, and is buried with it
    }
    if (!life.collected(at)) {
      return false;
    }
    garbage.incrementAndGet();
    boolean leaked = life.removalReason() == RemovalReason.LEAKED;
    shortage.parted(leaked ? MissCause.OTHER : MissCause.CLEARED, life.key());
    if (leaked) {
      return true;
    }
    rare.incrementAndGet(TAKEN_BY_COLLECTOR);
    return false;
  }

  /** The pool noticed that the collector had taken an idle object. */
  public void pruned(Life life) {
    if (removed(life, RemovalReason.CLEARED)) {
      rare.incrementAndGet(TAKEN_BY_COLLECTOR);
    }
  }

  @Override
  public long takenByCollector() {
    return soft ? rare.get(TAKEN_BY_COLLECTOR) : super.takenByCollector();
  }

  private void enlist(Life life) {
    Life first;
    do {
      first = head.get();
      life.next = first;
    } while (!head.compareAndSet(first, life));
    if (garbage.get() > MIN_GARBAGE + liveWhenFolded && folding.compareAndSet(false, true)) {
      try {
        fold(null);
      } finally {
        folding.set(false);
      }
    }
  }

  /** A made object was put among the idle ones without having been lent. */
  public void shelved(Life life) {
    if (life.shelved()) {
      shortage.madeAhead();
    }
  }

  /** Whether the borrow that begins now is to be timed. */
  public boolean borrowDue() {
    if (!borrowDue) {
      return false;
    }
    borrowDue = Sampling.isEach();
    return !Sampling.isNone();
  }

  /**
   * The pool hands an object out.
   *
   * @param made whether this very borrow made it: then it is a miss, else a hit
   */
  public void lent(Life life, boolean made) {
    lent(life, made, null);
  }

  /**
   * The same.
   *
   * @param lost what an object was removed for within this very borrow; null if none was
   */
  public void lent(Life life, boolean made, @Nullable RemovalReason lost) {
    long loan = life.lent(made ? whyMade(life, lost) : null);
    if (loan == Life.NOT_LENT) {
      rare.incrementAndGet(made ? MISS_UNTOLD : HIT_UNTOLD);
    } else if (Sampling.loanDue(loan)) {
      borrowDue = true;
    }
  }

  private MissCause whyMade(Life life, @Nullable RemovalReason lost) {
    if (inQuarantine.get() > 0) {
      // An object had to be made while one that the pool would have had is in quarantine.
      if (inQuarantine.getAndDecrement() > 0) {
        return MissCause.QUARANTINE;
      }
      inQuarantine.incrementAndGet();
    }
    return shortage.judge(
        head.get(), lost == null ? null : lost.asCause(), life.key(), idleLimit() == 0);
  }

  /** A borrow failed because the pool was at its limit. */
  public void exhausted() {
    rare.incrementAndGet(EXHAUSTED);
  }

  /** A borrow failed for another reason. */
  public void failed() {
    rare.incrementAndGet(ERROR);
  }

  /**
   * The pool puts an object that was given back among its idle ones.
   *
   * @return false if the book knows the object as not lent
   */
  public boolean returned(Life life) {
    return ended(life, life.returned());
  }

  /**
   * The pool took back an object that this book knows as not lent: another thread removed it in the
   * meantime, or the pool does not check.
   *
   * @return the contract that was broken by that, or null
   */
  public @Nullable ViolationKind returnedOddly(Life life) {
    if (life.isRemoved()) {
      discardedUntold();
      return ViolationKind.VALIDATE_DESTROY_RACE;
    }
    life.shelved();
    return life.returnedAgain() ? ViolationKind.DOUBLE_RETURN : null;
  }

  /**
   * The pool throws away an object that was given back.
   *
   * @return false if the book knows the object as not lent, or removed
   */
  public boolean discarded(Life life, RemovalReason reason) {
    if (!ended(life, life.discarded(reason))) {
      return false;
    }
    garbage.incrementAndGet();
    shortage.parted(reason.asCause(), life.key());
    if (reason == RemovalReason.QUARANTINED) {
      inQuarantine.incrementAndGet();
    }
    return true;
  }

  /** A return that the pool took, of an object that another thread removed in the meantime. */
  public void discardedUntold() {
    rare.incrementAndGet(DISCARDED_UNTOLD);
  }

  /** The pool refused a return. */
  public void rejected() {
    rare.incrementAndGet(REJECTED);
  }

  /**
   * The pool parts with an object other than by a return.
   *
   * @return false if it did before: libraries destroy some objects twice
   */
  public boolean removed(Life life, RemovalReason reason) {
    return removed(life, reason, reason.asCause());
  }

  /** The pool parts with an idle object for lack of room, to make one for another key. */
  public boolean removedForOtherKey(Life life) {
    return removed(life, RemovalReason.CAPACITY, MissCause.FRAGMENTED);
  }

  private boolean removed(Life life, RemovalReason reason, @Nullable MissCause cause) {
    if (!life.removed(reason)) {
      return false;
    }
    garbage.incrementAndGet();
    shortage.parted(cause, life.key());
    return true;
  }

  /** An object passed a validation. */
  public void valid(Life life) {
    life.validated();
  }

  /** An object failed a validation. */
  public void invalid() {
    rare.incrementAndGet(INVALID);
  }

  /** A validation threw. */
  public void validationFailed() {
    rare.incrementAndGet(VALIDATION_ERROR);
  }

  /** A loan ended, unless there was none; {@code start} is what the life said of it. */
  private boolean ended(Life life, long start) {
    if (start == Life.TAKEN) {
      return true;
    }
    if (start == Life.NOT_LENT) {
      return false;
    }
    long lasted = System.nanoTime() - start;
    // One that was told as overdue is not what is usual; see LoanWatch.
    if (lasted > longestLoan && !life.overdue) {
      longestLoan = lasted;
    }
    DurationSamples.record(this, DurationSamples.LOAN, lasted);
    return true;
  }

  @Override
  protected void count(Tally into) {
    while (!folding.compareAndSet(false, true)) {
      Thread.yield(); // only a creating thread that folds, for microseconds
    }
    try {
      fold(into);
      into.add(folded);
      promotions.addTo(into);
    } finally {
      folding.set(false);
    }
    into.borrow(BorrowOutcome.HIT, rare.get(HIT_UNTOLD));
    into.miss(MissCause.OTHER, rare.get(MISS_UNTOLD));
    into.borrow(BorrowOutcome.EXHAUSTED, rare.get(EXHAUSTED));
    into.borrow(BorrowOutcome.ERROR, rare.get(ERROR));
    into.returned(ReturnOutcome.REJECTED, rare.get(REJECTED));
    into.returned(ReturnOutcome.DISCARDED, rare.get(DISCARDED_UNTOLD));
    into.validated(ValidationOutcome.INVALID, rare.get(INVALID));
    into.validated(ValidationOutcome.ERROR, rare.get(VALIDATION_ERROR));
  }

  /** Unlinks removed lives into the folded sums, and adds the others to the tally if given. */
  private void fold(@Nullable Tally others) {
    garbage.set(0);
    int kept = 0;
    int used = 0;
    int unsettled = 0;
    Life before = null;
    Life life = head.get();
    while (life != null) {
      Life next = life.next;
      // Asked first: if it was promoted before the word was read, it was in that state.
      boolean tenured = life.promoted || Epochs.isTenured(life.birth());
      long word = life.get();
      if (life.folded || Life.isRemoved(word) && isFolded(life, unsettled < MOST_UNSETTLED, word)) {
        // The first one can only go if nobody pushed in the meantime; else the next fold unlinks
        // it.
        if (before != null) {
          before.next = next;
        } else if (!head.compareAndSet(life, next)) {
          before = life;
        }
      } else {
        kept++;
        boolean removed = Life.isRemoved(word);
        if (removed) {
          unsettled++;
        } else if (tenured) {
          promoted(life);
        }
        used += removed || Life.isIdle(word) ? 0 : 1;
        if (others != null) {
          life.count(word, others);
          if (tenured && !removed) {
            boolean idle = Life.isIdle(word);
            others.tenured(idle ? 1 : 0, idle ? 0 : 1, life.isFreedYoung() ? 1 : 0);
          }
        }
        before = life;
      }
      life = next;
    }
    liveWhenFolded = kept;
    usedWhenFolded = used;
  }

  @Override
  protected void age(long nanos) {
    shortage.age(usedWhenFolded, nanos);
  }

  /**
   * Adds a removed life to the folded sums.
   *
   * @param mayWait whether that may be done another time, if it is not known yet whether its object
   *     had been promoted
   * @return false if it is to be done another time
   */
  private boolean isFolded(Life life, boolean mayWait, long word) {
    long birth = life.birth();
    long at = life.removedAt();
    // What no collection has seen is not worth a thought.
    if (!life.promoted && birth != Epochs.UNKNOWN && birth != at) {
      if (Epochs.wasTenured(birth, at)) {
        promoted(life);
      } else if (mayWait && Epochs.isOn() && !Epochs.isSettled(at)) {
        return false;
      }
    }
    if (life.promoted) {
      promotions.removed(life.isFreedYoung());
    }
    life.folded = true;
    life.count(word, folded);
    untrack(life);
    return true;
  }

  private void promoted(Life life) {
    if (!life.promoted) {
      life.promoted = true;
      promotions.promoted(life.birth());
    }
  }

  /** Looks for loans that last too long. Under the ledger's lock. */
  void watchLoans(long nowNanos, long least, Ledger.LateLoans late) {
    loanWatch.look(head.get(), nowNanos, least, late);
  }

  /** The longest of the loans that were measured and ended, in nanoseconds; 0 if none did. */
  long longestLoan() {
    return longestLoan;
  }

  /**
   * Objects that were lent at any time since the last call: of a pool that lends what came back
   * last, as by default they do, hardly more than were ever lent at once.
   */
  @Override
  long mostUsedSinceLast() {
    long most = 0;
    for (Life life = head.get(); life != null; life = life.next) {
      long loans = life.loans();
      if (loans != life.seenLoans || life.isLent()) {
        most++;
      }
      life.seenLoans = loans;
    }
    long removed = removedEver();
    most += removed - seenRemoved;
    seenRemoved = removed;
    return most;
  }

  /** Lives that were unlinked; those that are still in the list were looked at. */
  private long removedEver() {
    while (!folding.compareAndSet(false, true)) {
      Thread.yield();
    }
    try {
      return folded.removed();
    } finally {
      folding.set(false);
    }
  }

  /** Returns of objects that are no longer in the list. */
  long foldedReturns() {
    while (!folding.compareAndSet(false, true)) {
      Thread.yield();
    }
    try {
      return folded.returns();
    } finally {
      folding.set(false);
    }
  }

  /** Lives in the list now, removed ones that were not unlinked yet included. */
  int listed() {
    int count = 0;
    for (Life life = head.get(); life != null; life = life.next) {
      count++;
    }
    return count;
  }

  /** The pool is closed. */
  public void closed() {
    closed = true;
  }

  /**
   * Of a pool that was dropped without having been closed, what is lent may be in use yet: it waits
   * for its collection, which proves that it was never given back. All else is gone.
   */
  @Override
  protected boolean outlivesPool() {
    boolean waits = false;
    for (Life life = head.get(); life != null; life = life.next) {
      waits |= mayBeInUse(life);
    }
    for (Life life = waits ? head.get() : null; life != null; life = life.next) {
      if (!mayBeInUse(life)) {
        removed(life, RemovalReason.POOL_GONE);
      }
    }
    return waits;
  }

  private boolean mayBeInUse(Life life) {
    return !closed && life.tracker != null && life.isLent();
  }

  @Override
  protected void bury(Tally into) {
    count(into);
    into.bury(RemovalReason.POOL_GONE, RemovalReason.POOL_GONE);
    for (Life life = head.get(); life != null; life = life.next) {
      untrack(life);
    }
  }

  private static void untrack(Life life) {
    if (life.tracker != null) {
      life.tracker = null;
      Books.untrack(1);
    }
  }

  /** An object, weakly, and its life. Reachable from there, so that the collector reports it. */
  static final class Tracked extends WeakReference<Object> {
    private final ObjectBook book;
    private final Life life;

    Tracked(Object object, ReferenceQueue<Object> queue, ObjectBook book, Life life) {
      super(object, queue);
      this.book = book;
      this.life = life;
    }

    /**
     * The ledger found this in the queue of collected objects; tells whether it was lent.
     *
     * @param at a moment when it was not collected yet, as {@code Epochs} stamps it
     */
    boolean collected(long at) {
      return book.collected(life, at);
    }

    PoolBook book() {
      return book;
    }

    Life life() {
      return life;
    }
  }
}
