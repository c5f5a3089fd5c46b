package io.poolwatch.agent.start;

import org.jspecify.annotations.Nullable;

/**
 * Whether the user wants figures to leave the process, so that it is worth starting the SDK even if
 * no pool is ever seen. Asked in premain, and so only a look at a few variables; what exactly is
 * wished for is read later, by {@code agent.export}.
 */
final class ExportWish {
  private ExportWish() {}

  static boolean isThere() {
    String exporter = value("otel.metrics.exporter", "OTEL_METRICS_EXPORTER");
    if (exporter != null) {
      return !exporter.equals("none");
    }
    return value("otel.exporter.otlp.endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT") != null
        || value("otel.exporter.otlp.metrics.endpoint", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")
            != null;
  }

  private static @Nullable String value(String property, String variable) {
    String value = System.getProperty(property);
    if (value == null || value.trim().isEmpty()) {
      value = System.getenv(variable);
    }
    return value == null || value.trim().isEmpty() ? null : value.trim();
  }
}
