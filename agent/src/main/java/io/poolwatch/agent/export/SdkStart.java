package io.poolwatch.agent.export;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Builds the SDK by its autoconfiguration, so that every standard variable works, and takes back
 * what in these variables is meant for the service's own SDK alone.
 */
final class SdkStart {
  /** Series a metric may have; the SDK's 2 000 would be spent by 150 pools' removal reasons. */
  private static final String CARDINALITY_LIMIT = "20000";

  private SdkStart() {}

  /**
   * Builds the SDK; it has no shutdown hook of its own.
   *
   * @param exporters value for {@code otel.metrics.exporter}
   * @param events whether log records are exported, by OTLP
   * @param watch what to wrap each push exporter in
   */
  static OpenTelemetrySdk build(
      String exporters, boolean events, UnaryOperator<MetricExporter> watch) {
    keepGlobalOff();
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .setServiceClassLoader(SdkStart.class.getClassLoader())
        .addPropertiesSupplier(SdkStart::defaults)
        .addPropertiesCustomizer(config -> overrides(exporters, events))
        .addMetricExporterCustomizer((exporter, config) -> watch.apply(exporter))
        .addMeterProviderCustomizer((builder, config) -> withoutSelfMetrics(builder))
        .build()
        .getOpenTelemetrySdk();
  }

  /** Weaker than anything the user sets. */
  private static Map<String, String> defaults() {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
    defaults.put("otel.exporter.prometheus.host", "127.0.0.1");
    defaults.put("otel.java.metrics.cardinality.limit", CARDINALITY_LIMIT);
    return defaults;
  }

  /**
   * Stronger than what the user sets: traces, propagators and resource providers are the business
   * of the service's SDK, which may have parts that ours has not.
   */
  private static Map<String, String> overrides(String exporters, boolean events) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("otel.metrics.exporter", exporters);
    overrides.put("otel.traces.exporter", "none");
    overrides.put("otel.logs.exporter", events ? ExportPlan.OTLP : "none");
    overrides.put("otel.propagators", "none");
    overrides.put("otel.traces.sampler", "always_off");
    overrides.put("otel.java.enabled.resource.providers", "");
    overrides.put("otel.java.disabled.resource.providers", "");
    return overrides;
  }

  /** Only poolwatch's own metrics leave: not the SDK's about its exporter. */
  private static SdkMeterProviderBuilder withoutSelfMetrics(SdkMeterProviderBuilder builder) {
    View drop = View.builder().setAggregation(Aggregation.drop()).build();
    return builder
        .registerView(InstrumentSelector.builder().setName("otel.*").build(), drop)
        .registerView(InstrumentSelector.builder().setName("otlp.*").build(), drop);
  }

  /**
   * Whatever asks for the global instance within the agent's loader gets one that does nothing;
   * otherwise the first to ask would start a second SDK if the service set {@code
   * otel.java.global-autoconfigure.enabled} for itself.
   */
  private static void keepGlobalOff() {
    if (!GlobalOpenTelemetry.isSet()) {
      GlobalOpenTelemetry.set(OpenTelemetry.noop());
    }
  }
}
