package io.poolwatch.agent.export;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.poolwatch.book.Ledger;
import io.poolwatch.otel.CollapseReadings;
import io.poolwatch.otel.PoolwatchMetrics;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Exports by the OpenTelemetry SDK. If the SDK cannot be started, says why in one line and leaves
 * the figures to the fallback.
 */
final class OtelExport implements MetricsExport {
  private static final long SOON_APART_NANOS = 10_000_000_000L;

  private final ExportPlan plan;
  private final OtelVariables variables;
  private final Ledger ledger;
  private final AgentCounts counts;
  private final CollapseReadings readings;
  private final Notices notices;
  private final MetricsExport fallback;
  private final List<WatchedExporter> exporters = new CopyOnWriteArrayList<>();
  private long notSoonBefore = System.nanoTime();
  private boolean soon;
  private volatile @Nullable OpenTelemetrySdk sdk;
  private volatile @Nullable PoolwatchMetrics metrics;

  OtelExport(
      ExportPlan plan,
      OtelVariables variables,
      Ledger ledger,
      AgentCounts counts,
      CollapseReadings readings,
      Notices notices,
      MetricsExport fallback) {
    this.plan = plan;
    this.variables = variables;
    this.ledger = ledger;
    this.counts = counts;
    this.readings = readings;
    this.notices = notices;
    this.fallback = fallback;
  }

  @Override
  public void start() {
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    // Threads that the SDK starts inherit it, and none of them may see the service's classes.
    current.setContextClassLoader(OtelExport.class.getClassLoader());
    try {
      SettingsCheck.run(variables, plan);
      OpenTelemetrySdk started = SdkStart.build(plan.value(), plan.exportsEvents(), this::watched);
      sdk = started;
      metrics = PoolwatchMetrics.register(started, ledger, counts, readings);
    } catch (BadSetting bad) {
      fallBack(String.valueOf(bad.getMessage()));
    } catch (RuntimeException | LinkageError failure) {
      fallBack(explain(failure));
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private MetricExporter watched(MetricExporter exporter) {
    ExportWatch watch = new ExportWatch(notices);
    counts.watch(watch);
    WatchedExporter watched = new WatchedExporter(exporter, watch);
    exporters.add(watched);
    return watched;
  }

  private void fallBack(String problem) {
    sdk = null;
    notices.warn("metrics are not exported, and summed up in the log instead: " + problem);
    fallback.start();
  }

  private String explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException && plan.has(ExportPlan.PROMETHEUS)) {
        return "the address for Prometheus to scrape cannot be used ("
            + FailureReason.of(cause)
            + "): set OTEL_EXPORTER_PROMETHEUS_PORT (now "
            + valueOr("otel.exporter.prometheus.port", "9464")
            + ") or OTEL_EXPORTER_PROMETHEUS_HOST (now "
            + valueOr("otel.exporter.prometheus.host", "127.0.0.1")
            + ") to one that is free";
      }
    }
    return "the OpenTelemetry SDK did not start ("
        + FailureReason.of(failure)
        + "): check the variables OTEL_METRICS_EXPORTER and OTEL_EXPORTER_*";
  }

  private String valueOr(String property, String otherwise) {
    OtelVariables.Found found = variables.find(property);
    return found == null ? otherwise : found.value();
  }

  @Override
  public void tick(long nowNanos) {
    PoolwatchMetrics started = metrics;
    if (started == null) {
      fallback.tick(nowNanos);
    } else {
      started.recordDurations();
      if (soon && nowNanos - notSoonBefore >= 0) {
        soon = false;
        notSoonBefore = nowNanos + SOON_APART_NANOS;
        exportNow();
      }
    }
  }

  /** Reads the figures here, and sends them on threads of the SDK. */
  private void exportNow() {
    OpenTelemetrySdk started = sdk;
    if (started != null) {
      started.getSdkMeterProvider().forceFlush();
    }
  }

  @Override
  public void soon() {
    soon = true;
  }

  @Override
  public void event(AgentEvent event) {
    OpenTelemetrySdk started = sdk;
    if (started != null && plan.exportsEvents()) {
      EventRecords.emit(started, event);
    }
  }

  /** On a thread of its own, because the SDK may block for longer than the caller can wait. */
  @Override
  public void close(long timeoutMillis) {
    OpenTelemetrySdk started = sdk;
    PoolwatchMetrics recording = metrics;
    if (started == null || recording == null) {
      fallback.close(timeoutMillis);
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    Thread last =
        new Thread(() -> exportOnceMore(started, recording, deadline), "poolwatch-last-export");
    last.setDaemon(true);
    last.setContextClassLoader(OtelExport.class.getClassLoader());
    last.start();
    try {
      last.join(Math.max(1, timeoutMillis));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void exportOnceMore(OpenTelemetrySdk started, PoolwatchMetrics recording, long deadline) {
    recording.recordDurations();
    CompletableResultCode events = started.getSdkLoggerProvider().forceFlush();
    for (WatchedExporter exporter : exporters) {
      long begun = exporter.begun();
      exporter.awaitLatest(deadline - System.nanoTime());
      while (exporter.begun() == begun && System.nanoTime() < deadline) {
        started
            .getSdkMeterProvider()
            .forceFlush()
            .join(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (exporter.begun() == begun) {
          // A reader that has just ended an export may still refuse the next one for a moment.
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
      }
    }
    for (WatchedExporter exporter : exporters) {
      exporter.awaitLatest(deadline - System.nanoTime());
    }
    events.join(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
