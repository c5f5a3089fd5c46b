package io.poolwatch.promql;

import io.poolwatch.otel.Instrument;
import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.otel.PoolwatchMetric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A metric's series as Prometheus names them: every metric of {@link PoolwatchMetric}. */
public final class PrometheusSeries {
  /** The resource attributes that {@code prometheus.yml} promotes, as labels. */
  static final Set<String> PROMOTED =
      Set.of("service_name", "service_version", "service_instance_id");

  private final PoolwatchMetric metric;

  private PrometheusSeries(PoolwatchMetric metric) {
    this.metric = metric;
  }

  /** The names of all series that poolwatch can cause. */
  public static Set<String> names(Translation translation) {
    return Collections.unmodifiableSet(all(translation).keySet());
  }

  /** The series of that name, if there are such. */
  public static Optional<PrometheusSeries> named(Translation translation, String name) {
    return Optional.ofNullable(all(translation).get(name));
  }

  /** The values that a label of these series may have; empty where any may be. */
  public List<String> valuesOf(String label) {
    return metric.attributes().stream()
        .filter(attribute -> Selector.label(attribute).equals(label))
        .findFirst()
        .map(MetricAttribute::labels)
        .orElse(List.of());
  }

  /** Whether these series have that label. */
  public boolean hasLabel(String label) {
    return PROMOTED.contains(label)
        || (metric.instrument() == Instrument.HISTOGRAM && label.equals("le"))
        || metric.attributes().stream()
            .anyMatch(attribute -> Selector.label(attribute).equals(label));
  }

  private static Map<String, PrometheusSeries> all(Translation translation) {
    Map<String, PrometheusSeries> series = new LinkedHashMap<>();
    for (PoolwatchMetric metric : PoolwatchMetric.values()) {
      for (String name : namesOf(translation, metric)) {
        series.put(name, new PrometheusSeries(metric));
      }
    }
    return series;
  }

  private static List<String> namesOf(Translation translation, PoolwatchMetric metric) {
    String name = translation.name(metric);
    if (metric.instrument() != Instrument.HISTOGRAM) {
      return List.of(name);
    }
    return Stream.of("_bucket", "_count", "_sum")
        .map(part -> name + part)
        .collect(Collectors.toList());
  }
}
