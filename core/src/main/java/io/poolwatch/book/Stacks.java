package io.poolwatch.book;

/** How many stacks of borrows and returns are remembered. Thread-safe. */
public final class Stacks {
  /** Stacks a pool and second unless configured otherwise. */
  public static final int DEFAULT_PER_SECOND = 4;

  /**
   * Stacks a pool and second after its contract was broken: each takes some ten microseconds, so
   * that even a pool that is borrowed from millions of times a second pays two percent of a core.
   */
  static final int ARMED_PER_SECOND = 2_000;

  /** How long so many are taken. */
  static final long ARMED_NANOS = 60_000_000_000L;

  /** Plain: a pool that is made while it changes takes the other number for a second. */
  private static int perSecond = DEFAULT_PER_SECOND;

  /** Plain, since it is read at each return; seen late is seen soon enough. */
  private static boolean anyArmed;

  private static volatile int era;

  private Stacks() {}

  /**
   * Sets how many are taken in each pool; to be called before there are pools.
   *
   * @param most in a second; {@link Integer#MAX_VALUE} for all, 0 for none, also not after a
   *     violation
   */
  public static void perSecond(int most) {
    perSecond = most;
    anyArmed = most == Integer.MAX_VALUE;
  }

  /**
   * Whether many stacks are taken in some pool, or in every one. For pools whose borrow is so fast
   * that they are not asked for a few stacks a second.
   */
  public static boolean isAnyPoolArmed() {
    return anyArmed;
  }

  static void anyArmed(boolean armed) {
    anyArmed = armed || perSecond == Integer.MAX_VALUE;
    if (!anyArmed) {
      era++; // by the ledger's holder alone; also if a service's thread armed a pool just now
    }
  }

  /** Grows while no pool is armed: what was noted before may be out of date. */
  public static int era() {
    return era;
  }

  /** How many stacks an armed pool takes in a second. */
  static int armedPerSecond() {
    return perSecond == 0 ? 0 : Math.max(perSecond, ARMED_PER_SECOND);
  }

  /** How many are taken in each pool in a second. */
  public static int perSecond() {
    return perSecond;
  }
}
