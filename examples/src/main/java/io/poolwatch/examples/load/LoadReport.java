package io.poolwatch.examples.load;

import java.util.Arrays;
import java.util.Locale;

/** What the load met. Safe for use by many threads. */
final class LoadReport {
  private static final int KEPT_TIMES = 100_000;

  private final long[] micros = new long[KEPT_TIMES];
  private long answered;
  private long refused;
  private long failed;

  /** A request that was answered, whatever the status. */
  synchronized void answered(int status, long nanos) {
    micros[(int) ((answered + refused) % KEPT_TIMES)] = nanos / 1_000;
    if (status < 500) {
      answered++;
    } else {
      refused++;
    }
  }

  /** A request that got no answer. */
  synchronized void failed() {
    failed++;
  }

  synchronized long requests() {
    return answered + refused + failed;
  }

  synchronized long refused() {
    return refused;
  }

  synchronized long failures() {
    return failed;
  }

  /** One line: requests, rate, refusals, times of (at least the latest) answers. */
  synchronized String describe(double seconds) {
    int kept = (int) Math.min(answered + refused, KEPT_TIMES);
    long[] sorted = Arrays.copyOf(micros, kept);
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%d requests in %.0f s (%.0f/s), %d refused by the storefront, %d without an answer;"
            + " median %.1f ms, 95 %% within %.1f ms",
        requests(),
        seconds,
        seconds > 0 ? requests() / seconds : 0,
        refused,
        failed,
        quantile(sorted, 0.5),
        quantile(sorted, 0.95));
  }

  private static double quantile(long[] sortedMicros, double share) {
    return sortedMicros.length == 0
        ? 0
        : sortedMicros[(int) (share * (sortedMicros.length - 1))] / 1_000.0;
  }
}
