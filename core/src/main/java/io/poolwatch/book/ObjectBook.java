package io.poolwatch.book;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The book of a pool that knows each of its objects, as Commons Pool2 does.
 *
 * <p>The counts lie in the {@linkplain Life lives} of the objects, of which the book keeps a {@link
 * LifeList}; only what belongs to no life is counted here. Thread-safe.
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

  private final LifeList lives = new LifeList();

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
  private final ForgottenKeys forgotten = new ForgottenKeys();

  /** Objects that went into quarantine, and were not missed yet. */
  private final AtomicInteger inQuarantine = new AtomicInteger();

  /** Plain: set before there are objects. */
  private boolean serial;

  /** Plain: set before there are objects. */
  private boolean soft;

  /** The pool was closed: who has an object of it yet may do with it as he likes. */
  private volatile boolean closed;

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
    contested(life);
    if (life.born(object)) {
      shortage.made();
      lives.add(life);
    }
  }

  /**
   * An object is found that the pool had before it was watched.
   *
   * @param lent whether it is lent
   */
  public void found(Life life, boolean lent) {
    contested(life);
    if (life.inherited(lent)) {
      shortage.found();
      lives.add(life);
    }
  }

  /** The book of a pool that was in use is held against the pool, and corrected by it. */
  private void contested(Life life) {
    if (isInherited()) {
      life.contested();
    }
  }

  /** Under which key an object is that was found without. One caller at a time. */
  public void foundUnder(Life life, KeyShare key) {
    if (life.key() == null && !life.isRemoved()) {
      lives.foundUnder(life, key);
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
      lives.removed();
      lives.add(life);
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
    lives.removed();
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
    if (isUnsettled()) {
      return MissCause.OTHER; // what it has is not known
    }
    return shortage.judge(
        lives.first(), lost == null ? null : lost.asCause(), life.key(), idleLimit() == 0);
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
    lives.removed();
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

  /**
   * The pool forgets a key. What it has idle under it is lost, and is removed at a later count;
   * what is lent is not: who has it may use it, and only cannot give it back.
   *
   * @param share what is kept of the key
   */
  public void forgotten(KeyShare share) {
    if (share.hasObjects()) {
      forgotten.add(share);
    }
  }

  /** The newest life; the others by {@code next}. Null if there is none. */
  @Nullable Life newest() {
    return lives.first();
  }

  private boolean removed(Life life, RemovalReason reason, @Nullable MissCause cause) {
    if (!life.removed(reason)) {
      return false;
    }
    lives.removed();
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
    for (Life lost : forgotten.lost(lives.first(), System.nanoTime())) {
      removed(lost, RemovalReason.ERROR);
    }
    lives.count(into);
    into.borrow(BorrowOutcome.HIT, rare.get(HIT_UNTOLD));
    into.miss(MissCause.OTHER, rare.get(MISS_UNTOLD));
    into.borrow(BorrowOutcome.EXHAUSTED, rare.get(EXHAUSTED));
    into.borrow(BorrowOutcome.ERROR, rare.get(ERROR));
    into.returned(ReturnOutcome.REJECTED, rare.get(REJECTED));
    into.returned(ReturnOutcome.DISCARDED, rare.get(DISCARDED_UNTOLD));
    into.validated(ValidationOutcome.INVALID, rare.get(INVALID));
    into.validated(ValidationOutcome.ERROR, rare.get(VALIDATION_ERROR));
  }

  @Override
  void closeKeyWindow() {
    lives.closeKeyWindow();
  }

  @Override
  protected void age(long nanos) {
    shortage.age(lives.usedWhenFolded(), nanos);
  }

  /** Looks for loans that last too long. Under the ledger's lock. */
  void watchLoans(long nowNanos, long least, LateLoans late) {
    loanWatch.look(lives.first(), nowNanos, least, late);
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
    return lives.touchedSinceLast();
  }

  @Override
  long mostUsedAtMiss() {
    return shortage.mostUsed();
  }

  /** Returns of objects whose lives were let go. */
  long foldedReturns() {
    return lives.foldedReturns();
  }

  /** Lives that are kept now, removed ones that were not let go yet included. */
  int listed() {
    return lives.size();
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
    for (Life life = lives.first(); life != null; life = life.next) {
      waits |= mayBeInUse(life);
    }
    for (Life life = waits ? lives.first() : null; life != null; life = life.next) {
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
    lives.untrackAll();
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
