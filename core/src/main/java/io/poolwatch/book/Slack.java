package io.poolwatch.book;

/**
 * By how much a count may be too large, and too small: nothing unless it is an estimate. Those of
 * sums add up, which is more than is likely. Mutable, not thread-safe.
 */
final class Slack {
  private long below;
  private long above;

  /**
   * Adds that of one count.
   *
   * @param least the least that it may be
   * @param most the most that it may be
   */
  void add(double least, long count, double most) {
    below += Math.max(0, count - (long) Math.floor(Math.max(0, least)));
    above += Math.max(0, (long) Math.ceil(most) - count);
  }

  void add(Slack other) {
    below += other.below;
    above += other.above;
  }

  void clear() {
    below = 0;
    above = 0;
  }

  long least(long count) {
    return Math.max(0, count - below);
  }

  long most(long count) {
    return count + above;
  }
}
