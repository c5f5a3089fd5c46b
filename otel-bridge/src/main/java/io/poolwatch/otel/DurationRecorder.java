package io.poolwatch.otel;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolIdentity;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Records the sampled durations into histograms, each in the context of the span that the service
 * was in when it was taken: so exemplars bear the service's trace id although nothing of the
 * service's own telemetry is touched.
 */
final class DurationRecorder {
  /** From 100 ns to 100 s, three bounds a decade, in seconds. */
  static final List<Double> BOUNDS =
      Collections.unmodifiableList(
          Arrays.asList(
              1e-7, 2.5e-7, 5e-7, 1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3,
              2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0,
              100.0));

  /** Samples recorded in one go at most, so that a flood of them cannot hold the caller. */
  private static final int BATCH = 16_384;

  private final Ledger ledger;
  private final PoolObserver pools;
  private final DoubleHistogram borrows;
  private final DoubleHistogram loans;

  DurationRecorder(Meter meter, Ledger ledger, PoolObserver pools) {
    this.ledger = ledger;
    this.pools = pools;
    borrows = histogram(meter, PoolwatchMetric.BORROW_DURATION);
    loans = histogram(meter, PoolwatchMetric.LOAN_DURATION);
  }

  private static DoubleHistogram histogram(Meter meter, PoolwatchMetric metric) {
    return meter
        .histogramBuilder(metric.metricName())
        .setUnit(metric.unit())
        .setDescription(metric.description())
        .setExplicitBucketBoundariesAdvice(BOUNDS)
        .build();
  }

  /** Records what was sampled since the last call. */
  synchronized void record() {
    for (int i = 0; i < BATCH; i++) {
      DurationSamples.Sample sample = DurationSamples.poll();
      if (sample == null) {
        return;
      }
      PoolIdentity identity = ledger.identityOf(sample.book());
      // Not to be reported: excluded by configuration, or no longer exact.
      if (identity != null && !sample.book().system().breaker().isOpen()) {
        DoubleHistogram histogram = sample.kind() == DurationSamples.BORROW ? borrows : loans;
        histogram.record(sample.nanos() / 1e9, pools.seriesOf(identity).base(), contextOf(sample));
      }
    }
  }

  private static Context contextOf(DurationSamples.Sample sample) {
    String trace = sample.traceId();
    String span = sample.spanId();
    if (trace == null || span == null) {
      return Context.root();
    }
    SpanContext service =
        SpanContext.createFromRemoteParent(
            trace, span, TraceFlags.getSampled(), TraceState.getDefault());
    return Context.root().with(Span.wrap(service));
  }
}
