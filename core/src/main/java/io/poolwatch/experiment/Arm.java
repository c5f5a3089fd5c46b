package io.poolwatch.experiment;

/** How borrows are served for a while. */
public enum Arm {
  /** By the pool, as ever. */
  POOLED,
  /** By plain creation, and what comes back is let go. */
  UNPOOLED,
  /**
   * The same, and each borrow and return is counted twice, so that it is seen what counting takes.
   */
  COUNTED_TWICE;

  private static final Arm[] ARMS = values();

  /** Turns in a block of so many arms: each has two. */
  public static int turns(int arms) {
    return 2 * arms;
  }

  /**
   * Whose turn it is: ABBA, or ABCCBA, again and again. Whatever rises or falls evenly in a block
   * falls on all arms alike.
   *
   * @param turn from 0
   * @param arms how many take part, from the first on
   */
  public static Arm ofTurn(long turn, int arms) {
    int last = turns(arms) - 1;
    int inBlock = (int) Math.floorMod(turn, (long) last + 1);
    return ARMS[Math.min(inBlock, last - inBlock)];
  }
}
