package io.poolwatch.book;

/**
 * Decides, without a shared counter, which borrows and loans are timed: reading the clock costs as
 * much as a whole borrow from some pools. Thread-safe; its counters are racy on purpose, since a
 * sample more or less is no error.
 */
public final class Sampling {
  /** One in so many is timed unless configured otherwise. */
  public static final int DEFAULT_RATE = 128;

  /** A power of two less one; -1 if nothing is timed. Plain: seen late is seen soon enough. */
  private static int mask = DEFAULT_RATE - 1;

  private Sampling() {}

  /**
   * Sets the rate.
   *
   * @param oneIn one in so many, rounded up to a power of two; 0 times nothing
   */
  public static void rate(int oneIn) {
    mask = oneIn <= 0 ? -1 : Integer.highestOneBit(Math.max(1, 2 * oneIn - 1)) - 1;
  }

  /** One borrow in so many that is timed, after rounding; 0 if none is. */
  public static int rate() {
    return mask + 1;
  }

  /** Whether every borrow is timed. */
  static boolean isEach() {
    return mask == 0;
  }

  /** Whether no borrow is. */
  static boolean isNone() {
    return mask < 0;
  }

  /**
   * Whether a loan is to be timed.
   *
   * @param ordinal the how-manieth loan it is, of its object or share
   */
  public static boolean loanDue(long ordinal) {
    return (ordinal & mask) == 0 && mask >= 0;
  }
}
