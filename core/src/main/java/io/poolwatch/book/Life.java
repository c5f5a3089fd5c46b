package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The life of one pooled object: a word, and how it ended.
 *
 * <pre>
 *   UNBORN → NEW → IDLE ⇄ LENT        NOT_ENDED → ENDED(reason)
 * </pre>
 *
 * <p>The word holds the state and the number of loans, so that one write does both. It is written
 * by whoever the library gave the object to, and by him alone: to lend an object and to take it
 * back a pool changes the state of its own record first, under a lock or by compare-and-set, so
 * that only one thread gets so far. Hence a borrow and a return write plainly, which spares each of
 * them a compare-and-set (docs/decisions.md). Where a library has no such record, the life is
 * {@linkplain #contested contested}, and its word changes by compare-and-set.
 *
 * <p>Anybody may part with an object, also while it is lent: that ends the life, by compare-and-set
 * on memory of its own, which refuses what the library does twice (a clear against the evictor). No
 * counter is shared between threads, and because every figure of a pool is a sum over lives, each
 * of them a function of what was read of that life, its equations hold in any snapshot, also of a
 * pool that is in use.
 *
 * <p>A life never refers to its object. Thread-safe.
 */
public final class Life extends LifeWord {
  private static final long serialVersionUID = 1L;

  /** What a return says of a loan that was not measured. */
  static final long TAKEN = 0;

  /**
   * What a borrow or return says where there is no loan. No clock of the JVM's shows it in earnest.
   */
  static final long NOT_LENT = Long.MIN_VALUE;

  private static final AtomicLongFieldUpdater<Life> VALID =
      AtomicLongFieldUpdater.newUpdater(Life.class, "validations");
  private static final AtomicIntegerFieldUpdater<Life> SKEW =
      AtomicIntegerFieldUpdater.newUpdater(Life.class, "skew");
  private static final AtomicIntegerFieldUpdater<Life> MOST_SKEW =
      AtomicIntegerFieldUpdater.newUpdater(Life.class, "mostSkew");

  /** Successful validations. Whoever validates an object has it to itself: one writer at a time. */
  private volatile long validations;

  /** Returns accepted while idle, less loans made while lent: what a pool without checks does. */
  private volatile int skew;

  /** The highest that was. */
  private volatile int mostSkew;

  /** When the loan that is measured began, by {@link System#nanoTime}; see {@link #MEASURED}. */
  private long loanStart;

  /** The life of an object that its factory made again after it was removed. */
  private volatile @Nullable Life successor;

  /** What the room of violations remembers; mostly null. */
  private volatile @Nullable Trail trail;

  /**
   * What the guard keeps of the object, or null. Plain: whoever has the object to itself sets it.
   */
  private @Nullable Companion companion;

  /**
   * The content of the idle object, if it was taken, or null. Plain: whoever has the object to
   * itself sets it.
   */
  private @Nullable Companion print;

  /** Plain and racy: two lives with one salt do no harm. */
  private static int salts;

  /** Differs from life to life. */
  private final int salt = salts += 0x9E3779B9;

  /** Tells when the object is collected, if somebody asked. Written once, by the maker. */
  ObjectBook.@Nullable Tracked tracker;

  /** The next life in the book's list; written before publication, later by the folding thread. */
  @Nullable Life next;

  /** The loan that {@link #watchedSince} is about; like the next two only the ledger touches it. */
  int watchedLoan;

  /** Loans at the last look for how many objects are in use; only the ledger touches it. */
  private int loansAtLook;

  /** Loans when the last window closed, over which keys are counted; only the ledger touches it. */
  private int loansAtWindow;

  /** When that loan was first seen, by {@link System#nanoTime}. */
  long watchedSince;

  /** That loan was told as overdue, and its end was not yet. Plain: only the ledger sets it. */
  boolean overdue;

  /** The word was added to the book's folded sums; only the folding thread touches it. */
  boolean folded;

  /** Was counted as promoted; only the folding thread touches it. */
  boolean promoted;

  /** The object would be freed by a young collection although it was born old. */
  private boolean freedYoung;

  private @Nullable KeyShare key;

  /** When the object was born, as {@link Epochs} stamps it; written before the life is seen. */
  private long birth = Epochs.UNKNOWN;

  /** When the pool parted with the object, stamped in the same way; written before the word is. */
  private long removedAt = Epochs.UNKNOWN;

  /**
   * Nothing keeps two threads from saying at a time what the object does. To be called before other
   * threads can see the life; does nothing later.
   */
  public void contested() {
    if (isUnborn()) {
      lazySet(get() | CONTESTED);
    }
  }

  /** The object was made. False if it was born before: a factory that hands it out again. */
  boolean born() {
    return begins(NEW);
  }

  private boolean begins(long as) {
    long word = get();
    return state(word) == UNBORN && compareAndSet(word, word | as);
  }

  /** The same, and notes when; to be called before other threads can see the life. */
  boolean born(@Nullable Object object) {
    if (isUnborn() && birth == Epochs.UNKNOWN && object != null) {
      birth = Epochs.birth(object);
      freedYoung = birth == Epochs.BORN_OLD && Epochs.isFreedYoung(object);
    }
    return born();
  }

  /**
   * The object was in the pool before the pool was watched.
   *
   * @param lent whether it is lent, as far as that is known; its return will be counted, its loan
   *     is not
   * @return false if the life began before
   */
  boolean inherited(boolean lent) {
    if (!begins(INHERITED | (lent ? LENT : IDLE))) {
      return false;
    }
    if (lent) {
      unseenLoan();
    }
    return true;
  }

  /**
   * What the object does was not seen once: a call of the pool that began before it was watched may
   * lend an object and take one back.
   *
   * @param word what this life said while the pool itself said otherwise
   * @param lent what that was
   * @return false if the life went on in the meantime, or says nothing of that kind
   */
  boolean corrected(long word, boolean lent) {
    if (isRemoved()
        || state(word) != (lent ? IDLE : LENT)
        || !compareAndSet(word, (word & ~(STATE | MEASURED)) | (lent ? LENT : IDLE))) {
      return false;
    }
    if (lent) {
      unseenLoan();
    }
    return true;
  }

  /** So that the end of a loan counts as a return although its beginning did not as a borrow. */
  private void unseenLoan() {
    MOST_SKEW.incrementAndGet(this);
    SKEW.incrementAndGet(this);
  }

  /** When the object was born, as {@link Epochs} stamps it. */
  long birth() {
    return birth;
  }

  /** When the pool parted with the object; meaningful once it did. */
  long removedAt() {
    return removedAt;
  }

  /**
   * Whether the object is seen to have been promoted before its turn. On Parallel and Serial the
   * look keeps nothing alive; on G1 an object that was lost while it was lent, or whose pool was,
   * until a marking that runs meanwhile is over.
   */
  boolean isPromotedOutOfTurn() {
    ObjectBook.Tracked watched = tracker;
    if (watched == null || !Epochs.mayBeOutOfTurn(birth, isRemoved())) {
      return false;
    }
    Object object = watched.get();
    return object != null && Epochs.isPromotedOutOfTurn(object, birth);
  }

  /** Whether a young collection frees the object, old as it is. */
  boolean isFreedYoung() {
    return freedYoung;
  }

  /** This life, or the one that its object leads now. */
  public Life current() {
    // Only one that ended has a successor. The end lies beside the word, which the caller needs
    // anyway; the field would be one more cache line to fetch from who had the object before.
    return isRemoved() ? latest() : this;
  }

  private Life latest() {
    Life next = successor;
    return next == null ? this : next;
  }

  /**
   * The object's life now that a factory hands it out as a new one: if it was removed before, it
   * begins a new life in a new record. To be called on the first life of an object.
   */
  public Life renewed() {
    Life present = current();
    if (!present.isRemoved()) {
      return present;
    }
    Life next = new Life();
    // The record never leads another object, and that is as old as it was.
    next.birth = present.birth;
    next.freedYoung = present.freedYoung;
    next.lazySet(present.get() & CONTESTED);
    successor = next;
    return next;
  }

  /** Whether the object was lent since the last call, which is to look how many are in use. */
  boolean wasLentSinceLastLook() {
    // The lower half of the number is enough to tell that it is another one.
    int now = (int) loans();
    boolean another = now != loansAtLook;
    loansAtLook = now;
    return another;
  }

  /** The same for windows over which keys are counted. */
  boolean wasLentSinceLastWindow() {
    int now = (int) loans();
    boolean another = now != loansAtWindow;
    loansAtWindow = now;
    return another;
  }

  /** Under which key of its pool the object is; null in a pool without keys. */
  @Nullable KeyShare key() {
    return key;
  }

  /** Says it; before the object can be seen by others, or of an inherited one as it gets known. */
  void key(@Nullable KeyShare share) {
    key = share;
  }

  /** What {@link #trail(Trail)} left here, or null. */
  public @Nullable Trail trail() {
    return trail;
  }

  /** Leaves something to remember. */
  public void trail(@Nullable Trail remembered) {
    trail = remembered;
  }

  /** What {@link #companion(Companion)} left here, or null. */
  public @Nullable Companion companion() {
    return companion;
  }

  /** Leaves something to find again; before the object can be seen by others. */
  public void companion(Companion kept) {
    companion = kept;
  }

  /** What {@link #print(Companion)} left here, or null. */
  public @Nullable Companion print() {
    return print;
  }

  /** Leaves the content of the object, or nothing; by whoever has the object to itself. */
  public void print(@Nullable Companion content) {
    print = content;
  }

  /** A number for decisions by chance, other than that of most lives. */
  public int salt() {
    return salt;
  }

  /** The object was put among the idle ones without having been lent. */
  boolean shelved() {
    while (true) {
      long word = get();
      if (state(word) != NEW || isRemoved()) {
        return false;
      }
      if (compareAndSet(word, (word & ~STATE) | IDLE)) {
        return true;
      }
    }
  }

  /**
   * The pool hands the object out.
   *
   * @param cause why the very borrow that hands it out had to make it; null if it did not
   * @return the how-manieth loan this is; {@link #NOT_LENT} if another thread removed the object
   *     between the pool's last check and now: the life may have been folded already and counts
   *     nothing more
   */
  long lent(@Nullable MissCause cause) {
    while (true) {
      long word = get();
      if (isRemoved()) {
        return NOT_LENT;
      }
      int state = state(word);
      long next = ((word & ~(STATE | MEASURED)) | LENT) + ONE_LOAN;
      if (cause != null && state == NEW) {
        next |= MISSED | ((long) cause.ordinal() << CAUSE_SHIFT);
      }
      long loan = next >>> LOANS_SHIFT;
      if (Sampling.loanDue(loan)) {
        loanStart = System.nanoTime();
        next |= MEASURED;
      }
      if (isWritten(word, next)) {
        if (state == LENT) {
          SKEW.decrementAndGet(this);
        }
        return loan;
      }
    }
  }

  /** By whoever has the object. False if he has it not alone, and another was faster. */
  private boolean isWritten(long word, long next) {
    if ((word & CONTESTED) != 0) {
      return compareAndSet(word, next);
    }
    lazySet(next);
    return true;
  }

  /**
   * The pool takes the object back.
   *
   * @return the start of the loan if it was measured, {@link #TAKEN} if it was not, {@link
   *     #NOT_LENT} if there was none: such a return changed nothing
   */
  long returned() {
    while (true) {
      long word = get();
      if (isRemoved() || state(word) != LENT) {
        return NOT_LENT;
      }
      // Read before the object is anybody else's.
      long start = (word & MEASURED) == 0 ? TAKEN : loanStart;
      if (isWritten(word, (word & ~(STATE | MEASURED)) | IDLE)) {
        return start;
      }
    }
  }

  /**
   * The pool took an idle object back once more, as pools without any check do.
   *
   * @return whether that broke the contract; not if the pool had lent the object twice, having got
   *     it twice before, and this is the second borrower's good return
   */
  boolean returnedAgain() {
    int now = SKEW.incrementAndGet(this);
    while (true) {
      int most = mostSkew;
      if (now <= most) {
        return false;
      }
      if (MOST_SKEW.compareAndSet(this, most, now)) {
        return true;
      }
    }
  }

  /**
   * The pool parts with the object as it is given back.
   *
   * @return as {@link #returned} does
   */
  long discarded(RemovalReason reason) {
    long word = get();
    if (isRemoved() || state(word) != LENT) {
      return NOT_LENT;
    }
    long start = (word & MEASURED) == 0 ? TAKEN : loanStart;
    removedAt = Epochs.now();
    return end(reason, true) ? start : NOT_LENT;
  }

  /** The pool parts with the object. False if it did before, or never had it. */
  boolean removed(RemovalReason reason) {
    return removed(reason, Epochs.now());
  }

  /**
   * The collector took the object.
   *
   * @param at a moment when it was there for certain, as {@link Epochs} stamps it
   * @return false if the pool had parted with it before
   */
  boolean collected(long at) {
    return removed(state(get()) == LENT ? RemovalReason.LEAKED : RemovalReason.CLEARED, at);
  }

  private boolean removed(RemovalReason reason, long at) {
    if (isRemoved() || isUnborn()) {
      return false;
    }
    // A thread that loses the race for the end stamps the same moment.
    removedAt = at;
    return end(reason, false);
  }

  void validated() {
    VALID.lazySet(this, validations + 1);
  }

  /**
   * Adds what this life says; each figure in here is a function of the two.
   *
   * @param how it ended, read before the word
   */
  void count(int how, long word, Tally into) {
    int state = state(word);
    if (state == UNBORN) {
      return;
    }
    into.inherited((word & INHERITED) == 0 ? 0 : 1);
    long loans = word >>> LOANS_SHIFT;
    long missed = (word & MISSED) == 0 ? 0 : 1;
    into.miss(CAUSES[(int) ((word & CAUSE) >>> CAUSE_SHIFT)], missed);
    into.borrow(BorrowOutcome.HIT, loans - missed);
    into.returned(ReturnOutcome.DISCARDED, isDiscarded(how) ? 1 : 0);
    // A loan that has not come back goes on, or the object was discarded, or lost.
    into.returned(ReturnOutcome.POOLED, loans - (state == LENT ? 1 : 0) + skew);
    into.validated(ValidationOutcome.VALID, validations);
    if (how == NOT_ENDED) {
      into.live(state == IDLE ? 1 : 0, state == IDLE ? 0 : 1);
    } else {
      into.removed(reason(how), 1);
    }
  }
}
