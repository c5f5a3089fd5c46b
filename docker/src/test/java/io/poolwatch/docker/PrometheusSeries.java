package io.poolwatch.docker;

import io.poolwatch.otel.Instrument;
import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.otel.PoolwatchMetric;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A metric's series as Prometheus names them with the translation strategy {@code
 * UnderscoreEscapingWithSuffixes}: every metric of {@link PoolwatchMetric}, by series name.
 */
public final class PrometheusSeries {
  /** The resource attributes that {@code prometheus.yml} promotes, as labels. */
  static final Set<String> PROMOTED =
      Set.of("service_name", "service_version", "service_instance_id");

  private static final Map<String, PrometheusSeries> ALL = all();

  private final PoolwatchMetric metric;

  private PrometheusSeries(PoolwatchMetric metric) {
    this.metric = metric;
  }

  /** The names of all series that poolwatch can cause. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  static Optional<PrometheusSeries> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The values that a label of these series may have; empty where any may be. */
  List<String> valuesOf(String label) {
    return metric.attributes().stream()
        .filter(attribute -> labelOf(attribute).equals(label))
        .findFirst()
        .map(MetricAttribute::labels)
        .orElse(List.of());
  }

  boolean hasLabel(String label) {
    return PROMOTED.contains(label)
        || (metric.instrument() == Instrument.HISTOGRAM && label.equals("le"))
        || metric.attributes().stream().anyMatch(attribute -> labelOf(attribute).equals(label));
  }

  private static String labelOf(MetricAttribute attribute) {
    return escaped(attribute.key().getKey());
  }

  private static Map<String, PrometheusSeries> all() {
    Map<String, PrometheusSeries> series = new LinkedHashMap<>();
    for (PoolwatchMetric metric : PoolwatchMetric.values()) {
      for (String name : namesOf(metric)) {
        series.put(name, new PrometheusSeries(metric));
      }
    }
    return series;
  }

  private static List<String> namesOf(PoolwatchMetric metric) {
    String base = escaped(metric.metricName()) + unitSuffix(metric);
    switch (metric.instrument()) {
      case COUNTER:
      case DOUBLE_COUNTER:
        return List.of(base + "_total");
      case HISTOGRAM:
        return Arrays.asList("_bucket", "_count", "_sum").stream()
            .map(part -> base + part)
            .collect(Collectors.toList());
      default:
        return List.of(base);
    }
  }

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

  private static String escaped(String name) {
    return name.replace('.', '_');
  }
}
