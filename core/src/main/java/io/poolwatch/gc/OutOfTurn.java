package io.poolwatch.gc;

import io.poolwatch.memory.Memory;

/**
 * Which objects may have been promoted before their turn: those that a young collection met while
 * it promoted, since it promotes whatever its survivors have no room for. Immutable.
 *
 * <p>Which of them it took, their headers tell: a young collection counts there how many an object
 * has survived, as long as it stays young. One whose count stays behind was promoted.
 */
public final class OutOfTurn {
  /** None. */
  public static final OutOfTurn NONE = new OutOfTurn(0, 0, -1, false);

  private static final int LOCK_BITS = 3;

  /** Any other value says that the header lies elsewhere. */
  private static final int UNLOCKED = 1;

  private static final int AGE_SHIFT = 3;
  private static final int AGE_BITS = 15;

  private final long from;
  private final long to;
  private final long fulls;
  private final boolean marksBeside;

  /**
   * Those of some births.
   *
   * @param from births from this stamp on: no full collection has been since
   * @param to births before this stamp
   * @param fulls how many full collections the JVM had counted then
   * @param marksBeside whether the collector marks beside the service, as G1 does: what is read
   *     through a weak reference meanwhile stays until that marking is over
   */
  public OutOfTurn(long from, long to, long fulls, boolean marksBeside) {
    this.from = from;
    this.to = to;
    this.fulls = fulls;
    this.marksBeside = marksBeside;
  }

  boolean contain(long birth) {
    return birth >= from && birth < to;
  }

  /** Whether only objects that somebody has may be looked at. */
  boolean marksBeside() {
    return marksBeside;
  }

  /** Whether an object of them was promoted; false if that cannot be seen. */
  boolean isPromoted(Object object, long birth, long youngAddress, long fullAddress, long base) {
    try {
      long young = Memory.getLong(youngAddress);
      long mark = Memory.getLong(object, 0);
      if (Memory.getLong(youngAddress) != young || Memory.getLong(fullAddress) != fulls) {
        return false; // a collection in between
      }
      return isBehind(mark, young + fulls - base - birth);
    } catch (Throwable closed) {
      return false;
    }
  }

  /** Whether a header counts fewer young collections than there were. */
  static boolean isBehind(long mark, long survived) {
    return (mark & LOCK_BITS) == UNLOCKED
        && (mark >> AGE_SHIFT & AGE_BITS) < Math.min(survived, AGE_BITS);
  }
}
