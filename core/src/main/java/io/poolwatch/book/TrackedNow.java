package io.poolwatch.book;

/**
 * What one reading found of the tracked objects that were not collected yet, each counted as many
 * times as it stands for objects of the pool. Not thread-safe.
 *
 * <p>Where nobody tells what became of an object it is not known whether it is live or thrown away
 * and not collected yet, or where it is.
 *
 * <p>For each figure there is a <em>spread</em>, from which its variance follows: the sum of <i>w
 * (w − 1)</i> over the weights <i>w</i> of the objects that make it up. It is 0 where each object
 * stands for itself alone.
 */
final class TrackedNow {
  private final boolean idleIsSeen;

  /** All of them. */
  long objects;

  double spread;

  /** Of all: those that are idle for certain. */
  long idle;

  /** Of all: those of which nobody knows whether they are idle. */
  long unsure;

  long tenuredIdle;
  double spreadTenuredIdle;
  long tenuredUsed;
  double spreadTenuredUsed;
  long tenuredUnsure;
  double spreadTenuredUnsure;

  /** Of the tenured ones: those that a young collection frees nevertheless. */
  long freeableYoung;

  TrackedNow() {
    this(false);
  }

  /**
   * @param idleIsSeen whether each idle object was marked as {@linkplain TrackedObject#seenIdle
   *     seen} before
   */
  TrackedNow(boolean idleIsSeen) {
    this.idleIsSeen = idleIsSeen;
  }

  boolean idleIsSeen() {
    return idleIsSeen;
  }

  /**
   * Adds an object.
   *
   * @param place one of the states of a {@link TrackedObject} that is not removed
   * @param weight for how many objects it stands
   */
  void add(byte place, boolean isTenured, boolean isFreedYoung, long weight) {
    double more = (double) weight * (weight - 1);
    objects += weight;
    spread += more;
    idle += place == TrackedObject.IDLE ? weight : 0;
    unsure += place == TrackedObject.UNTOLD ? weight : 0;
    if (isTenured) {
      freeableYoung += isFreedYoung ? weight : 0;
      if (place == TrackedObject.UNTOLD) {
        tenuredUnsure += weight;
        spreadTenuredUnsure += more;
      } else if (place == TrackedObject.IDLE) {
        tenuredIdle += weight;
        spreadTenuredIdle += more;
      } else {
        tenuredUsed += weight;
        spreadTenuredUsed += more;
      }
    }
  }

  long tenured() {
    return tenuredIdle + tenuredUsed + tenuredUnsure;
  }

  double spreadTenured() {
    return spreadTenuredIdle + spreadTenuredUsed + spreadTenuredUnsure;
  }
}
