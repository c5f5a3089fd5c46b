package io.poolwatch.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the pools of a {@link Ledger} as the metrics of {@link PoolwatchMetric}.
 *
 * <p>Everything that is counted is observed from one callback, which takes one snapshot: in every
 * exported batch misses are the sum of their causes, and created objects are the live and the
 * removed ones. Only the sampled durations are recorded as they come, by {@link #recordDurations}.
 *
 * <pre>{@code
 * Ledger ledger = new Ledger((system, facts) -> facts.poolClass(), 100);
 * try (PoolwatchMetrics metrics = PoolwatchMetrics.register(openTelemetry, ledger)) {
 *   // once a second or so, on a thread of yours:
 *   ledger.tick(System.nanoTime());
 *   metrics.recordDurations();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Closing it ends the reports of what is counted; it never closes the OpenTelemetry
 * instance.
 */
public final class PoolwatchMetrics implements AutoCloseable {
  /** The instrumentation scope of all metrics. */
  public static final String SCOPE = "io.poolwatch";

  private final Ledger ledger;
  private final PoolObserver pools;
  private final @Nullable AgentObserver agent;
  private final DurationRecorder durations;
  private final BatchCallback callback;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PoolwatchMetrics(
      OpenTelemetry openTelemetry,
      Ledger ledger,
      @Nullable AgentStats stats,
      @Nullable CollapseReadings readings) {
    this.ledger = ledger;
    Meter meter =
        openTelemetry
            .getMeterProvider()
            .meterBuilder(SCOPE)
            .setInstrumentationVersion(PoolwatchVersion.get())
            .build();
    Observers observers = new Observers(meter, observed(stats != null, readings != null));
    pools = new PoolObserver(observers, readings);
    agent = stats == null ? null : new AgentObserver(stats, observers);
    durations = new DurationRecorder(meter, ledger, pools);
    List<ObservableMeasurement> all = observers.all();
    callback =
        meter.batchCallback(
            this::observe,
            all.get(0),
            all.subList(1, all.size()).toArray(new ObservableMeasurement[0]));
  }

  /**
   * Publishes the pools of a ledger.
   *
   * @param openTelemetry where to; not closed by this
   * @param ledger the pools; the caller ticks it
   */
  public static PoolwatchMetrics register(OpenTelemetry openTelemetry, Ledger ledger) {
    return new PoolwatchMetrics(openTelemetry, ledger, null, null);
  }

  /**
   * Publishes the pools of a ledger, how their hit rates are doing, and what the agent knows about
   * itself.
   *
   * @param openTelemetry where to; not closed by this
   * @param ledger the pools; the caller ticks it
   * @param stats what the agent did, failed at and lost
   * @param readings how the hit rates are doing
   */
  public static PoolwatchMetrics register(
      OpenTelemetry openTelemetry, Ledger ledger, AgentStats stats, CollapseReadings readings) {
    return new PoolwatchMetrics(openTelemetry, ledger, stats, readings);
  }

  /**
   * Records the durations sampled since the last call. There is one buffer of samples a process, so
   * only one instance should be asked; call it about once a second, after {@link Ledger#tick}, or
   * the buffer fills and samples are dropped.
   */
  public void recordDurations() {
    durations.record();
  }

  /** Ends the reports; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      callback.close();
    }
  }

  private void observe() {
    for (PoolSnapshot pool : ledger.snapshot()) {
      pools.observe(pool);
    }
    if (agent != null) {
      agent.observe();
    }
  }

  private static List<PoolwatchMetric> observed(boolean withAgent, boolean withCollapse) {
    List<PoolwatchMetric> metrics = new ArrayList<>();
    for (PoolwatchMetric metric : PoolwatchMetric.values()) {
      boolean ofAgent = metric.metricName().startsWith("poolwatch.agent.");
      boolean ofCollapse = metric.metricName().startsWith("poolwatch.collapse.");
      if (metric.instrument() != Instrument.HISTOGRAM
          && (withAgent || !ofAgent)
          && (withCollapse || !ofCollapse)) {
        metrics.add(metric);
      }
    }
    return metrics;
  }
}
