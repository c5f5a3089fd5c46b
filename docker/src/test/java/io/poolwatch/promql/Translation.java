package io.poolwatch.promql;

import io.poolwatch.otel.Instrument;
import io.poolwatch.otel.PoolwatchMetric;

/** The ways in which Prometheus makes a series' name out of a metric's. */
public enum Translation {
  /**
   * {@code UnderscoreEscapingWithSuffixes}: unit and kind are appended. What Prometheus' OTLP
   * receiver does unless told otherwise, what the collector's exporters and a scrape do.
   */
  WITH_SUFFIXES("UnderscoreEscapingWithSuffixes") {
    @Override
    String name(PoolwatchMetric metric) {
      String base = escaped(metric.metricName()) + unitSuffix(metric);
      switch (metric.instrument()) {
        case COUNTER:
        case DOUBLE_COUNTER:
          return base + "_total";
        default:
          return base;
      }
    }
  },

  /** {@code UnderscoreEscapingWithoutSuffixes}: only the dots go. */
  WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes") {
    @Override
    String name(PoolwatchMetric metric) {
      return escaped(metric.metricName());
    }
  };

  private final String strategy;

  Translation(String strategy) {
    this.strategy = strategy;
  }

  /** Its name in Prometheus' option {@code otlp.translation_strategy}. */
  public String strategy() {
    return strategy;
  }

  /** The name of the metric's series; of a histogram what its three series begin with. */
  abstract String name(PoolwatchMetric metric);

  private static String unitSuffix(PoolwatchMetric metric) {
    String name = metric.metricName();
    switch (metric.unit()) {
      case "s":
        return name.endsWith("seconds") ? "" : "_seconds";
      case "By":
        return name.endsWith("bytes") ? "" : "_bytes";
      case "1":
        return metric.instrument() == Instrument.GAUGE && !name.endsWith("ratio") ? "_ratio" : "";
      default:
        return "";
    }
  }

  static String escaped(String name) {
    return name.replace('.', '_');
  }
}
