package io.poolwatch.examples.receiver;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One received series: its total and what it was over the last ten seconds. A total that starts
 * anew, because its process did, goes on from what it had reached. Guarded by {@link SeriesStore}.
 */
final class Series {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final Deque<Sample> window = new ArrayDeque<>();
  private @Nullable Sample first;
  private Amount before = Amount.ZERO;
  private Amount latest = Amount.ZERO;

  /** The total since the sender's start. */
  void cumulative(long timeNanos, Amount amount, boolean monotonic) {
    if (monotonic && amount.isLessThan(latest)) {
      before = before.plus(latest);
    }
    latest = amount;
    sample(timeNanos);
  }

  /** What came on top since the last time. */
  void delta(long timeNanos, Amount amount) {
    if (window.isEmpty()) {
      // A delta counts from nothing; a first cumulative total may be older than the window.
      first = new Sample(timeNanos, Amount.ZERO);
      window.addLast(first);
    }
    latest = latest.plus(amount);
    sample(timeNanos);
  }

  private void sample(long timeNanos) {
    Sample sample = new Sample(timeNanos, total());
    if (first == null) {
      first = sample;
    }
    window.addLast(sample);
    while (timeNanos - window.getFirst().timeNanos > WINDOW_NANOS) {
      window.removeFirst();
    }
  }

  Amount total() {
    return before.plus(latest);
  }

  /** By how much the total rose between the first and the last report of the window. */
  Amount recent() {
    return window.isEmpty() ? Amount.ZERO : total().minus(window.getFirst().total);
  }

  /** The time between these two reports, in seconds; 0 before the second one. */
  double recentSeconds() {
    return window.isEmpty() ? 0 : (window.getLast().timeNanos - window.getFirst().timeNanos) / 1e9;
  }

  /** By how much the total rose between the first report and the last. */
  Amount sinceFirst() {
    return first == null ? Amount.ZERO : total().minus(first.total);
  }

  /** The time between these two reports, in seconds. */
  double secondsSinceFirst() {
    return first == null ? 0 : (window.getLast().timeNanos - first.timeNanos) / 1e9;
  }

  private static final class Sample {
    final long timeNanos;
    final Amount total;

    Sample(long timeNanos, Amount total) {
      this.timeNanos = timeNanos;
      this.total = total;
    }
  }
}
