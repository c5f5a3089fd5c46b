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

  private static final String LOGS_EXPORTER = "otel.logs.exporter";

  private final List<String> exporters;
  private final boolean events;

  private ExportPlan(List<String> exporters, boolean events) {
    this.exporters = Collections.unmodifiableList(exporters);
    this.events = events;
  }

  /**
   * Reads the user's wish.
   *
   * @throws BadSetting if it names an exporter that does not exist here
   */
  static ExportPlan of(OtelVariables variables) throws BadSetting {
    OtelVariables.Found disabled = variables.find("otel.sdk.disabled");
    if (disabled != null && disabled.value().equalsIgnoreCase("true")) {
      return new ExportPlan(Collections.emptyList(), false);
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
    return new ExportPlan(exporters, wantsLogs(variables));
  }

  /**
   * Only if it is said: a receiver of metrics alone would refuse them for ever. What else stands
   * there is meant for the service's own SDK.
   */
  private static boolean wantsLogs(OtelVariables variables) {
    OtelVariables.Found wish = variables.find(LOGS_EXPORTER);
    if (wish != null) {
      for (String name : wish.value().split(",", -1)) {
        if (name.trim().equalsIgnoreCase(OTLP)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether events are exported as log records, by OTLP; only together with metrics. */
  boolean exportsEvents() {
    return events;
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
