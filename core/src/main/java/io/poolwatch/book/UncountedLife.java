package io.poolwatch.book;

/**
 * Lives of objects whose pool counts for itself: they tell whether their object is lent, and no
 * book adds them up. Thread-safe.
 */
public final class UncountedLife {
  private UncountedLife() {}

  /** The life of an object that somebody has, from its factory or from elsewhere. */
  public static Life begin() {
    Life life = new Life();
    life.contested();
    life.born();
    life.lent(null);
    return life;
  }

  /** The pool hands the object out. */
  public static void lent(Life life) {
    life.lent(null);
  }

  /**
   * The pool is given the object.
   *
   * @return false if it had it already, and the caller broke the contract by that
   */
  public static boolean returned(Life life) {
    return life.returned() != Life.NOT_LENT || !life.returnedAgain();
  }
}
