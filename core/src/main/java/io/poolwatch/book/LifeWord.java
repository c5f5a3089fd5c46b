package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Life} says: its word, of the state and the number of loans, and its end, once the
 * pool parted with the object. Which bit of either says what, and all that can be asked of them;
 * what changes them stands in {@link Life}.
 *
 * <p>Who reads both reads the end first: after it the word does not change any more, but for a
 * write of the object's holder that was under way. Thread-safe.
 */
public abstract class LifeWord extends AtomicLong {
  private static final long serialVersionUID = 1L;

  static final int UNBORN = 0;

  /** Made, and neither lent nor put among the idle ones yet. */
  static final int NEW = 1;

  static final int IDLE = 2;
  static final int LENT = 3;

  static final long STATE = 3;

  /**
   * Several threads may say at a time what the object does: the word changes by compare-and-set.
   */
  static final long CONTESTED = 1L << 2;

  /** Made within a borrow, and lent by it: its first loan was a miss. */
  static final long MISSED = 1L << 7;

  /** Lent, and the loan is measured. */
  static final long MEASURED = 1L << 10;

  /** Why it was a miss, if it was; see {@link #MISSED}. */
  static final int CAUSE_SHIFT = 11;

  static final long CAUSE = 15L << CAUSE_SHIFT;

  /** Was in the pool before the pool was watched: it was not made since. */
  static final long INHERITED = 1L << 15;

  static final int LOANS_SHIFT = 16;
  static final long ONE_LOAN = 1L << LOANS_SHIFT;

  static final RemovalReason[] REASONS = RemovalReason.values();
  static final MissCause[] CAUSES = MissCause.values();

  /** The end of a life that goes on. */
  static final int NOT_ENDED = 0;

  private static final int ENDED = 1;

  /** Removed by a return. */
  private static final int DISCARDED = 2;

  private static final int REASON_SHIFT = 2;

  private static final AtomicIntegerFieldUpdater<LifeWord> END =
      AtomicIntegerFieldUpdater.newUpdater(LifeWord.class, "end");

  /** Beside the word, since a borrow and a return look at both. */
  private volatile int end;

  LifeWord() {}

  static int state(long word) {
    return (int) (word & STATE);
  }

  /** Whether the object is lent, unless its life ended. */
  static boolean isLent(long word) {
    return state(word) == LENT;
  }

  /** Whether the object is idle in its pool, unless its life ended. */
  static boolean isIdle(long word) {
    return state(word) == IDLE;
  }

  /** Whether it was a return that ended a life. */
  static boolean isDiscarded(int end) {
    return (end & DISCARDED) != 0;
  }

  /** Why a life ended. */
  static RemovalReason reason(int end) {
    return REASONS[end >>> REASON_SHIFT];
  }

  /** How the life ended; {@link #NOT_ENDED} if it goes on. */
  final int end() {
    return end;
  }

  /**
   * The life ends.
   *
   * @param byReturn whether by a return
   * @return false if it had ended before
   */
  final boolean end(RemovalReason reason, boolean byReturn) {
    int how = ENDED | (byReturn ? DISCARDED : 0) | reason.ordinal() << REASON_SHIFT;
    return END.compareAndSet(this, NOT_ENDED, how);
  }

  /** Whether nothing is known of the object yet. */
  public boolean isUnborn() {
    return state(get()) == UNBORN;
  }

  /** Whether the pool parted with the object. */
  public boolean isRemoved() {
    return end != NOT_ENDED;
  }

  /** Whether the pool parted with the object while it was lent: it was not given back. */
  boolean isTakenAway() {
    int how = end;
    return how != NOT_ENDED && !isDiscarded(how) && state(get()) == LENT;
  }

  /** Whether the object is lent now. */
  public boolean isLent() {
    return end == NOT_ENDED && state(get()) == LENT;
  }

  /** Whether the object is lent, in a loan that is timed. */
  public boolean isTimed() {
    return (get() & (STATE | MEASURED)) == (LENT | MEASURED) && end == NOT_ENDED;
  }

  /** Whether the object is idle in its pool now. */
  public boolean isIdle() {
    return end == NOT_ENDED && state(get()) == IDLE;
  }

  /** Why the pool parted with the object; null if it did not. */
  public @Nullable RemovalReason removalReason() {
    int how = end;
    return how == NOT_ENDED ? null : reason(how);
  }

  /** The how-manieth loan the present one is; 0 if the object is not lent. */
  long presentLoan() {
    int how = end;
    long word = get();
    return how == NOT_ENDED && state(word) == LENT ? word >>> LOANS_SHIFT : 0;
  }

  /** How many loans there were, the present one included. */
  public long loans() {
    return get() >>> LOANS_SHIFT;
  }
}
