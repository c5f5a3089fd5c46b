package io.poolwatch.otel;

import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The asynchronous instruments, each built from its constant in {@link PoolwatchMetric}. */
final class Observers {
  private final Map<PoolwatchMetric, ObservableLongMeasurement> longs =
      new EnumMap<>(PoolwatchMetric.class);
  private final Map<PoolwatchMetric, ObservableDoubleMeasurement> doubles =
      new EnumMap<>(PoolwatchMetric.class);

  Observers(Meter meter, Iterable<PoolwatchMetric> metrics) {
    for (PoolwatchMetric metric : metrics) {
      add(meter, metric);
    }
  }

  private void add(Meter meter, PoolwatchMetric metric) {
    String name = metric.metricName();
    String unit = metric.unit();
    String description = metric.description();
    switch (metric.instrument()) {
      case COUNTER:
        longs.put(
            metric,
            meter.counterBuilder(name).setUnit(unit).setDescription(description).buildObserver());
        break;
      case DOUBLE_COUNTER:
        doubles.put(
            metric,
            meter
                .counterBuilder(name)
                .ofDoubles()
                .setUnit(unit)
                .setDescription(description)
                .buildObserver());
        break;
      case UP_DOWN_COUNTER:
        longs.put(
            metric,
            meter
                .upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildObserver());
        break;
      case GAUGE:
        doubles.put(
            metric,
            meter.gaugeBuilder(name).setUnit(unit).setDescription(description).buildObserver());
        break;
      case HISTOGRAM:
        throw new IllegalArgumentException(metric + " is not observed");
    }
  }

  ObservableLongMeasurement longs(PoolwatchMetric metric) {
    ObservableLongMeasurement found = longs.get(metric);
    if (found == null) {
      throw new IllegalArgumentException(metric + " has no whole numbers");
    }
    return found;
  }

  ObservableDoubleMeasurement doubles(PoolwatchMetric metric) {
    ObservableDoubleMeasurement found = doubles.get(metric);
    if (found == null) {
      throw new IllegalArgumentException(metric + " has no fractions");
    }
    return found;
  }

  List<ObservableMeasurement> all() {
    List<ObservableMeasurement> all = new ArrayList<>(longs.values());
    all.addAll(doubles.values());
    return all;
  }
}
