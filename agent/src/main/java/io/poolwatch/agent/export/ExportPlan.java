package io.poolwatch.agent.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Which exporters the user asked for. Only an explicit wish starts the SDK: {@code
 * OTEL_METRICS_EXPORTER}, or an OTLP endpoint. Immutable.
 */
final class ExportPlan {
  static final String OTLP = "otlp";
  static final String PROMETHEUS = "prometheus";
  static final String METRICS_EXPORTER = "otel.metrics.exporter";
  static final String ENDPOINT = "otel.exporter.otlp.endpoint";
  static final String METRICS_ENDPOINT = "otel.exporter.otlp.metrics.endpoint";

  private final List<String> exporters;

  private ExportPlan(List<String> exporters) {
    this.exporters = Collections.unmodifiableList(exporters);
  }

  /**
   * Reads the user's wish.
   *
   * @throws BadSetting if it names an exporter that does not exist here
   */
  static ExportPlan of(OtelVariables variables) throws BadSetting {
    OtelVariables.Found disabled = variables.find("otel.sdk.disabled");
    if (disabled != null && disabled.value().equalsIgnoreCase("true")) {
      return new ExportPlan(Collections.emptyList());
    }
    OtelVariables.Found wish = variables.find(METRICS_EXPORTER);
    List<String> exporters = new ArrayList<>();
    if (wish != null) {
      for (String name : wish.value().split(",", -1)) {
        String exporter = name.trim().toLowerCase(Locale.ROOT);
        if (exporter.equals(OTLP) || exporter.equals(PROMETHEUS)) {
          if (!exporters.contains(exporter)) {
            exporters.add(exporter);
          }
        } else if (!exporter.equals("none") && !exporter.isEmpty()) {
          throw new BadSetting(
              wish, "names an exporter that poolwatch has not", "use otlp, prometheus or none");
        }
      }
    } else if (variables.findEither(METRICS_ENDPOINT, ENDPOINT) != null) {
      exporters.add(OTLP);
    }
    return new ExportPlan(exporters);
  }

  /** Whether anything is to be exported at all. */
  boolean exports() {
    return !exporters.isEmpty();
  }

  boolean has(String exporter) {
    return exporters.contains(exporter);
  }

  /** The value of {@code otel.metrics.exporter} that says so. */
  String value() {
    return String.join(",", exporters);
  }
}
