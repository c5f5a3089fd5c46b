package io.poolwatch.collapse;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** A pool's borrows and misses, tick by tick, as chance has them. */
final class Simulated {
  static final int DAY = 8_640;

  private final Random random;
  private final IntToLongFunction traffic;
  private final IntToDoubleFunction missRatio;
  private final double overdispersion;
  private final double burstShare;

  /**
   * A pool.
   *
   * @param traffic borrows by tick
   * @param missRatio the true miss ratio by tick
   * @param overdispersion the correlation of two borrows in one tick: 0 for none
   * @param burstShare the share of ticks in which 30 points more miss
   */
  Simulated(
      long seed,
      IntToLongFunction traffic,
      IntToDoubleFunction missRatio,
      double overdispersion,
      double burstShare) {
    random = new Random(seed);
    this.traffic = traffic;
    this.missRatio = missRatio;
    this.overdispersion = overdispersion;
    this.burstShare = burstShare;
  }

  /** Borrows and misses of a tick. */
  long[] tick(int tick) {
    long n = poisson((double) traffic.applyAsLong(tick));
    double p = missRatio.applyAsDouble(tick);
    if (burstShare > 0 && random.nextDouble() < burstShare) {
      p = Math.min(1, p + 0.3);
    }
    if (overdispersion > 0) {
      p = clip(p + Math.sqrt(overdispersion * p * (1 - p)) * random.nextGaussian());
    }
    return new long[] {n, binomial(n, p)};
  }

  private long poisson(double mean) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
  }

  private long binomial(long n, double p) {
    double variance = n * p * (1 - p);
    if (variance > 25) {
      return Math.max(
          0, Math.min(n, Math.round((double) n * p + Math.sqrt(variance) * random.nextGaussian())));
    }
    if (p > 0.5) {
      return n - binomial(n, 1 - p);
    }
    // Few misses: the gaps between them.
    long misses = 0;
    long at = 0;
    double log = Math.log1p(-p);
    while (p > 0) {
      at += 1 + (long) (Math.log(random.nextDouble()) / log);
      if (at > n) {
        break;
      }
      misses++;
    }
    return misses;
  }

  private static double clip(double p) {
    return Math.max(0, Math.min(1, p));
  }
}
