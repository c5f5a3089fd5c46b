package io.poolwatch.agent.export;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.ArrayList;
import java.util.List;

/**
 * What a histogram gained between two cumulative points. Minimum and maximum of that time cannot be
 * known from the two, and are absent. Immutable.
 */
final class HistogramDelta implements HistogramPointData {
  private final HistogramPointData now;
  private final long startEpochNanos;
  private final double sum;
  private final long count;
  private final List<Long> counts;
  private final List<DoubleExemplarData> exemplars = new ArrayList<>();

  HistogramDelta(HistogramPointData now, HistogramPointData before) {
    this.now = now;
    startEpochNanos = before.getEpochNanos();
    count = now.getCount() - before.getCount();
    sum = count == 0 ? 0 : now.getSum() - before.getSum();
    counts = new ArrayList<>(now.getCounts());
    for (int i = 0; i < counts.size(); i++) {
      counts.set(i, counts.get(i) - before.getCounts().get(i));
    }
    for (DoubleExemplarData exemplar : now.getExemplars()) {
      if (exemplar.getEpochNanos() > startEpochNanos) {
        exemplars.add(exemplar);
      }
    }
  }

  @Override
  public double getSum() {
    return sum;
  }

  @Override
  public long getCount() {
    return count;
  }

  @Override
  public boolean hasMin() {
    return false;
  }

  @Override
  public double getMin() {
    return 0;
  }

  @Override
  public boolean hasMax() {
    return false;
  }

  @Override
  public double getMax() {
    return 0;
  }

  @Override
  public List<Double> getBoundaries() {
    return now.getBoundaries();
  }

  @Override
  public List<Long> getCounts() {
    return counts;
  }

  @Override
  public List<DoubleExemplarData> getExemplars() {
    return exemplars;
  }

  @Override
  public long getStartEpochNanos() {
    return startEpochNanos;
  }

  @Override
  public long getEpochNanos() {
    return now.getEpochNanos();
  }

  @Override
  public Attributes getAttributes() {
    return now.getAttributes();
  }
}
