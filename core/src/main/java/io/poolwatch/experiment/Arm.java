package io.poolwatch.experiment;

/** How borrows are served for a while. */
public enum Arm {
  /** By the pool, as ever. */
  POOLED,
  /** By plain creation, and what comes back is let go. */
  UNPOOLED;

  /** Turns in a block. */
  public static final int TURNS = 4;

  /**
   * Whose turn it is: ABBA, again and again. Whatever rises or falls evenly in a block falls on
   * both arms alike.
   *
   * @param turn from 0
   */
  public static Arm ofTurn(long turn) {
    long inBlock = Math.floorMod(turn, TURNS);
    return inBlock == 0 || inBlock == TURNS - 1 ? POOLED : UNPOOLED;
  }
}
