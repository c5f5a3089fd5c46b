package io.poolwatch.collapse;

import java.util.Arrays;

/**
 * How much wilder a pool's misses are than those of a fair coin of that ratio. Misses come in
 * bunches: a pool of which the collector takes twenty objects misses twenty times in a row.
 *
 * <p>Two ways of being wilder are told apart, since they grow differently with the number of
 * borrows: a factor of the variance, and a wandering ratio, whose part grows with each borrow. Each
 * is a median over the last hour, so that what happens in fewer than half of the observations does
 * not count: a collapse does not hide itself.
 */
final class Dispersion {
  private static final int REMEMBERED = 360;
  private static final int RENEWED_EACH = 30;

  /** By how much more is allowed for while the medians are of few observations. */
  private static final double CAUTION = 10;

  private static final double FULL_ERROR = 1 / Math.sqrt(REMEMBERED);

  /** The median of a chi-squared variable with one degree of freedom. */
  private static final double MEDIAN_OF_CHI_SQUARED = 0.4549;

  private final double[] chiSquared = new double[REMEMBERED];
  private final double[] borrowed = new double[REMEMBERED];
  private int seen;
  private double factor = 1;
  private double wandering;

  /** Takes in an observation. */
  void see(long borrows, long misses, double usual) {
    double expected = borrows * usual;
    double variance = Math.max(expected * (1 - usual), 0.25);
    double off = misses - expected;
    chiSquared[seen % REMEMBERED] = off * off / variance;
    borrowed[seen % REMEMBERED] = borrows;
    if (++seen % RENEWED_EACH == 0) {
      renew();
    }
  }

  /** How many times the variance of so many borrows is that of a fair coin; 1 at least. */
  double of(long borrows) {
    double known = Math.max(factor, 1 + (borrows - 1) * wandering);
    // After the first observations the medians may be half of what they will be.
    double young = 1 / Math.sqrt(Math.max(1, Math.min(seen, REMEMBERED))) - FULL_ERROR;
    return known * (1 + CAUTION * young);
  }

  private void renew() {
    int count = Math.min(seen, REMEMBERED);
    double[] factors = Arrays.copyOf(chiSquared, count);
    double[] wanderings = new double[count];
    for (int i = 0; i < count; i++) {
      factors[i] /= MEDIAN_OF_CHI_SQUARED;
      wanderings[i] = (factors[i] - 1) / Math.max(1, borrowed[i] - 1);
    }
    factor = Math.max(1, median(factors));
    wandering = Math.max(0, median(wanderings));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
