package io.poolwatch.collapse;

import java.util.Arrays;

/**
 * The usual miss ratio of a pool, learned slowly and hardly moved by what is not usual.
 *
 * <p>It begins as the median of the first observations, so that the cold misses of a start do not
 * count. Then it follows each observation by a small part of the difference, which is cut off:
 * twenty minutes of something else move it by two thirds, one wild observation by a point at most.
 * Fast enough for a daily rhythm: one of 15 points is never faster than 2 points an hour, and is
 * followed two thirds of a point behind. In the first minutes it follows faster, as a mean does.
 */
final class Usual {
  /** Observations before which nothing is usual. */
  static final int LEARNING = 30;

  /** Ticks in which it follows by two thirds. */
  private static final double FOLLOW_TICKS = 120;

  /** A larger difference counts as one of this size. */
  private static final double FARTHEST = 0.15;

  private final double[] latest = new double[LEARNING];
  private int seen;
  private double followed = LEARNING;
  private double ratio;

  /** Whether enough was seen. */
  boolean isKnown() {
    return seen >= LEARNING;
  }

  /** The usual miss ratio, from 0 to 1; meaningless before {@link #isKnown}. */
  double ratio() {
    return ratio;
  }

  /** Remembers an observation, without learning from it. */
  void see(double observed) {
    latest[seen % LEARNING] = observed;
    if (++seen == LEARNING) {
      ratio = medianOfLatest();
    }
  }

  /**
   * Learns from an observation.
   *
   * @param ticks how many it stands for
   */
  void follow(double observed, int ticks) {
    followed = Math.min(FOLLOW_TICKS, followed + ticks);
    double part = 1 - Math.exp(-ticks / followed);
    ratio += part * Math.max(-FARTHEST, Math.min(FARTHEST, observed - ratio));
  }

  /** Takes what was seen latest for what is usual. */
  void restart() {
    ratio = medianOfLatest();
    followed = LEARNING;
  }

  private double medianOfLatest() {
    double[] sorted = latest.clone();
    Arrays.sort(sorted);
    return (sorted[LEARNING / 2 - 1] + sorted[LEARNING / 2]) / 2;
  }
}
