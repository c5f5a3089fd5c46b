package io.poolwatch.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One exported batch, asked by metric, pool and attribute. */
final class Exported {
  private final Collection<MetricData> batch;

  Exported(Collection<MetricData> batch) {
    this.batch = batch;
  }

  Optional<MetricData> metric(PoolwatchMetric metric) {
    return batch.stream().filter(data -> data.getName().equals(metric.metricName())).findFirst();
  }

  /** The values of one metric of one pool, by the value of the further attribute. */
  Map<String, Long> longs(PoolwatchMetric metric, String pool) {
    Map<String, Long> values = new TreeMap<>();
    metric(metric)
        .ifPresent(
            data -> {
              for (LongPointData point : data.getLongSumData().getPoints()) {
                Attributes attributes = point.getAttributes();
                if (pool.equals(attributes.get(MetricAttribute.POOL_NAME.key()))) {
                  values.put(further(attributes), point.getValue());
                }
              }
            });
    return values;
  }

  long sum(PoolwatchMetric metric, String pool) {
    return longs(metric, pool).values().stream().mapToLong(Long::longValue).sum();
  }

  static String further(Attributes attributes) {
    StringBuilder text = new StringBuilder();
    attributes.forEach(
        (AttributeKey<?> key, Object value) -> {
          if (!key.getKey().startsWith("poolwatch.pool.")) {
            text.append(value);
          }
        });
    return text.toString();
  }
}
