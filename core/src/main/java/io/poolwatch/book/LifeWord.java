package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The word of a {@link Life}: which bit of it says what, and all that can be asked of it.
 *
 * <p>Has no field beside the word, so that a life is laid out as if this class were not there; what
 * changes the word stands in {@link Life}. Thread-safe: each answer comes from one atomic read.
 */
public abstract class LifeWord extends AtomicLong {
  private static final long serialVersionUID = 1L;

  static final int UNBORN = 0;

  /** Made, and neither lent nor put among the idle ones yet. */
  static final int NEW = 1;

  static final int IDLE = 2;
  static final int LENT = 3;
  static final int REMOVED = 4;

  static final long STATE = 7;
  static final int REASON_SHIFT = 3;
  static final long REASON = 15L << REASON_SHIFT;

  /** Made within a borrow, and lent by it: its first loan was a miss. */
  static final long MISSED = 1L << 7;

  /** Removed while lent, without having been returned. */
  static final long LOST = 1L << 8;

  /** Removed by a return. */
  static final long DISCARDED = 1L << 9;

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

  LifeWord() {}

  static int state(long word) {
    return (int) (word & STATE);
  }

  static boolean isRemoved(long word) {
    return state(word) == REMOVED;
  }

  static boolean isLent(long word) {
    return state(word) == LENT;
  }

  static boolean isIdle(long word) {
    return state(word) == IDLE;
  }

  /** The word that follows as the pool parts with the object. */
  static long removed(long word, RemovalReason reason) {
    return (word & ~(STATE | REASON)) | REMOVED | ((long) reason.ordinal() << REASON_SHIFT);
  }

  /** Whether nothing is known of the object yet. */
  public boolean isUnborn() {
    return state(get()) == UNBORN;
  }

  /** Whether the pool parted with the object. */
  public boolean isRemoved() {
    return state(get()) == REMOVED;
  }

  /** Whether the pool parted with the object while it was lent: it was not given back. */
  boolean isTakenAway() {
    return (get() & LOST) != 0;
  }

  /** Whether the object is lent now. */
  public boolean isLent() {
    return state(get()) == LENT;
  }

  /** Whether the object is lent, in a loan that is timed. */
  public boolean isTimed() {
    return (get() & (STATE | MEASURED)) == (LENT | MEASURED);
  }

  /** Whether the object is idle in its pool now. */
  public boolean isIdle() {
    return state(get()) == IDLE;
  }

  /** Why the pool parted with the object; null if it did not. */
  public @Nullable RemovalReason removalReason() {
    long word = get();
    return state(word) == REMOVED ? REASONS[(int) ((word & REASON) >>> REASON_SHIFT)] : null;
  }

  /** The how-manieth loan the present one is; 0 if the object is not lent. */
  long presentLoan() {
    long word = get();
    return state(word) == LENT ? word >>> LOANS_SHIFT : 0;
  }

  /** How many loans there were, the present one included. */
  public long loans() {
    return get() >>> LOANS_SHIFT;
  }
}
