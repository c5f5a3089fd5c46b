package io.poolwatch.agent.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An exporter that loses nothing and says how it goes. The SDK is asked for cumulative figures,
 * whatever the receiver wants; deltas are made here, against what was acknowledged.
 */
final class WatchedExporter implements MetricExporter {
  private final MetricExporter delegate;
  private final ExportWatch watch;
  private final @Nullable Unacknowledged deltas;
  private final AtomicLong begun = new AtomicLong();
  private volatile CompletableResultCode latest = CompletableResultCode.ofSuccess();

  WatchedExporter(MetricExporter delegate, ExportWatch watch) {
    this.delegate = delegate;
    this.watch = watch;
    deltas = Unacknowledged.isWanted(delegate) ? new Unacknowledged(delegate) : null;
  }

  /** How many exports were begun so far. */
  long begun() {
    return begun.get();
  }

  /** Waits for the export that is under way, if one is. */
  void awaitLatest(long nanos) {
    latest.join(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /**
   * Exports, unless the last export is still under way: the SDK's reader gives up waiting after an
   * interval and comes again, and two deltas against the same acknowledgement would count twice.
   */
  @Override
  public CompletableResultCode export(Collection<MetricData> batch) {
    if (!latest.isDone()) {
      return CompletableResultCode.ofFailure();
    }
    CompletableResultCode result;
    try {
      result = delegate.export(deltas == null ? batch : deltas.since(batch));
    } catch (RuntimeException broken) {
      result = CompletableResultCode.ofExceptionalFailure(broken);
    }
    CompletableResultCode ended = result;
    // Known to be over only once it is also noted: whoever waits for it then exports anew.
    CompletableResultCode noted = new CompletableResultCode();
    latest = noted;
    begun.incrementAndGet();
    ended.whenComplete(
        () -> {
          if (ended.isSuccess()) {
            if (deltas != null) {
              deltas.acknowledge(batch);
            }
            watch.succeeded();
            noted.succeed();
          } else {
            watch.failed(ended.getFailureThrowable());
            noted.fail();
          }
        });
    return noted;
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
    return AggregationTemporality.CUMULATIVE;
  }

  /** Exponential histograms change their scale, so that no delta of two could be told. */
  @Override
  public Aggregation getDefaultAggregation(InstrumentType instrument) {
    return deltas == null
        ? delegate.getDefaultAggregation(instrument)
        : Aggregation.defaultAggregation();
  }

  /** Points that are kept until the next export must not be written to. */
  @Override
  public MemoryMode getMemoryMode() {
    return deltas == null ? delegate.getMemoryMode() : MemoryMode.IMMUTABLE_DATA;
  }

  @Override
  public CompletableResultCode flush() {
    return delegate.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return delegate.shutdown();
  }

  @Override
  public String toString() {
    return "WatchedExporter{" + delegate + "}";
  }
}
