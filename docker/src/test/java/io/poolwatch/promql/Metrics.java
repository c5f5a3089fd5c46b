package io.poolwatch.promql;

import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.otel.PoolwatchMetric;
import java.util.ArrayList;
import java.util.List;

/** The metrics as one translation names them, all restricted in the same way. Immutable. */
public final class Metrics {
  /** Label of the resource attribute {@code service.name}. */
  public static final String SERVICE = "service_name";

  /** Label of the resource attribute {@code service.instance.id}. */
  public static final String INSTANCE = "service_instance_id";

  private final Translation translation;
  private final List<String> ofAll;
  private final List<String> ofPools;

  private Metrics(Translation translation, List<String> ofAll, List<String> ofPools) {
    this.translation = translation;
    this.ofAll = ofAll;
    this.ofPools = ofPools;
  }

  /** All series there are. */
  public static Metrics all(Translation translation) {
    return new Metrics(translation, List.of(), List.of());
  }

  /** Those that a dashboard's variables service, instance and pool choose. */
  public static Metrics chosen(Translation translation) {
    return new Metrics(
        translation,
        List.of(SERVICE + "=~\"$service\"", INSTANCE + "=~\"$instance\""),
        List.of(Selector.label(MetricAttribute.POOL_NAME) + "=~\"$pool\""));
  }

  /** What these names are made by. */
  public Translation translation() {
    return translation;
  }

  /** That metric's series. */
  public Selector of(PoolwatchMetric metric) {
    List<String> matchers = new ArrayList<>(ofAll);
    if (metric.attributes().contains(MetricAttribute.POOL_NAME)) {
      matchers.addAll(ofPools);
    }
    return new Selector(metric, translation.name(metric), matchers);
  }
}
