package io.poolwatch.book;

/**
 * What one reading found of the tracked objects that were not collected yet. Not thread-safe.
 *
 * <p>Where nobody tells what became of an object it is not known whether it is live or thrown away
 * and not collected yet; such ones are all taken for lent.
 */
final class TrackedNow {
  /** All of them. */
  long objects;

  long tenuredIdle;
  long tenuredUsed;

  /** Of the tenured ones: those that a young collection frees nevertheless. */
  long freeableYoung;

  void add(boolean isIdle, boolean isTenured, boolean isFreedYoung) {
    objects++;
    if (isTenured) {
      tenuredIdle += isIdle ? 1 : 0;
      tenuredUsed += isIdle ? 0 : 1;
      freeableYoung += isFreedYoung ? 1 : 0;
    }
  }

  long tenured() {
    return tenuredIdle + tenuredUsed;
  }
}
