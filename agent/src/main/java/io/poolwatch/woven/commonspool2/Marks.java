package io.poolwatch.woven.commonspool2;

/**
 * A word from one method of the library to the next one that its thread enters, where no argument
 * carries it: that objects are destroyed to make room, or because they were abandoned.
 *
 * <p>Rare paths only. Whoever gives a mark takes it back when the call is over; whoever it is meant
 * for takes it first of all, so that nothing else sees it.
 */
final class Marks {
  static final int NONE = 0;

  /** To {@code clearOldest}: called to make room for another key. */
  static final int MAKE_ROOM = 1;

  /** To {@code invalidateObject}: called because the object was abandoned (before 2.9). */
  static final int ABANDONED = 2;

  /** To {@code invalidateObject}: called by an eroding pool instead of a return. */
  static final int ERODED = 3;

  /** From {@code create} to its caller: null because the object failed its first validation. */
  static final int STILLBORN = 4;

  /** To {@code destroy}: the object goes to make room for another key. */
  static final int OLDEST_FOR_ROOM = 5;

  /** To {@code destroy}: the object goes because the user clears the oldest. */
  static final int OLDEST_CLEARED = 6;

  private static final ThreadLocal<int[]> MARK = new ThreadLocal<>();

  // Plain: a mark only matters to the thread that gave it.
  private static boolean everGiven;

  private Marks() {}

  static void give(int mark) {
    everGiven = true;
    int[] cell = MARK.get();
    if (cell == null) {
      cell = new int[1];
      MARK.set(cell);
    }
    cell[0] = mark;
  }

  static int take() {
    int mark = look();
    if (mark != NONE) {
      give(NONE);
    }
    return mark;
  }

  /** The same, and leaves it where it is. */
  static int look() {
    if (!everGiven) {
      return NONE;
    }
    int[] cell = MARK.get();
    return cell == null ? NONE : cell[0];
  }
}
