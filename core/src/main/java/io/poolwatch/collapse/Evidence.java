package io.poolwatch.collapse;

/**
 * The evidence that a miss ratio is another one, added up: a cumulative sum of log-likelihood
 * ratios, divided by the dispersion. It never falls below zero, so what was good for long does not
 * have to be undone first.
 *
 * <p>One observation adds a sixth of the limit at most. So a burst of misses, as when a collection
 * clears a pool, is no collapse: it takes six bad observations in a row.
 */
final class Evidence {
  /** The sum at which there is no doubt. */
  static final double LIMIT = 15;

  private static final double MOST_AT_ONCE = LIMIT / 6;
  private static final double LEAST_RATIO = 0.005;

  private double sum;
  private long borrows;
  private long misses;
  private int observations;

  /**
   * Takes in an observation.
   *
   * @param from the miss ratio if nothing changed
   * @param to the miss ratio if something did
   * @param dispersion as {@link Dispersion#of} says
   */
  void see(long borrowed, long missed, double from, double to, double dispersion) {
    double before = within(from);
    double after = within(to);
    double ratio =
        missed * Math.log(after / before)
            + (borrowed - missed) * Math.log((1 - after) / (1 - before));
    sum = Math.max(0, sum + Math.min(MOST_AT_ONCE, ratio / dispersion));
    if (sum == 0) {
      clear();
    } else {
      borrows += borrowed;
      misses += missed;
      observations++;
    }
  }

  private static double within(double ratio) {
    return Math.max(LEAST_RATIO, Math.min(1 - LEAST_RATIO, ratio));
  }

  void clear() {
    sum = 0;
    borrows = 0;
    misses = 0;
    observations = 0;
  }

  /** The sum over its limit: 0 for none, 1 for no doubt; may be more. */
  double score() {
    return sum / LIMIT;
  }

  /** The miss ratio since the sum was zero last. */
  double ratio() {
    return borrows == 0 ? 0 : (double) misses / borrows;
  }

  /** Observations since then. */
  int observations() {
    return observations;
  }
}
