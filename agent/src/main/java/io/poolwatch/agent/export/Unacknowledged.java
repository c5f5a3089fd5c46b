package io.poolwatch.agent.export;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns cumulative metrics into deltas against what the receiver last acknowledged.
 *
 * <p>The SDK's own delta temporality forgets what it handed to an exporter, so that a failed export
 * loses counts for good. Here a failure changes nothing: the next delta covers that time too. Keeps
 * one point a series, no matter for how long nobody answers. Not thread-safe: a reader exports one
 * batch at a time.
 */
final class Unacknowledged {
  private final AggregationTemporalitySelector wish;
  private final Map<Series, PointData> acknowledged = new HashMap<>();

  /**
   * Deltas for a receiver.
   *
   * @param wish which kinds of instruments it wants as deltas
   */
  Unacknowledged(AggregationTemporalitySelector wish) {
    this.wish = wish;
  }

  /** Whether a receiver wants any of our instruments as deltas. */
  static boolean isWanted(AggregationTemporalitySelector wish) {
    return isDelta(wish, InstrumentType.OBSERVABLE_COUNTER)
        || isDelta(wish, InstrumentType.HISTOGRAM);
  }

  private static boolean isDelta(AggregationTemporalitySelector wish, InstrumentType type) {
    return wish.getAggregationTemporality(type) == AggregationTemporality.DELTA;
  }

  /** The batch as it is to be sent. */
  List<MetricData> since(Collection<MetricData> cumulative) {
    List<MetricData> deltas = new ArrayList<>(cumulative.size());
    for (MetricData metric : cumulative) {
      deltas.add(delta(metric));
    }
    return deltas;
  }

  /** The receiver took this batch. */
  void acknowledge(Collection<MetricData> cumulative) {
    for (MetricData metric : cumulative) {
      for (PointData point : metric.getData().getPoints()) {
        acknowledged.put(new Series(metric.getName(), point.getAttributes()), point);
      }
    }
  }

  private MetricData delta(MetricData metric) {
    MetricDataType type = metric.getType();
    if (type == MetricDataType.HISTOGRAM && isDelta(wish, InstrumentType.HISTOGRAM)) {
      List<HistogramPointData> points = new ArrayList<>();
      for (HistogramPointData now : metric.getHistogramData().getPoints()) {
        PointData before = before(metric, now);
        points.add(
            before instanceof HistogramPointData
                ? new HistogramDelta(now, (HistogramPointData) before)
                : now);
      }
      return new DeltaMetric(metric, HistogramData.create(AggregationTemporality.DELTA, points));
    }
    if (!isDelta(wish, InstrumentType.OBSERVABLE_COUNTER)) {
      return metric;
    }
    if (type == MetricDataType.LONG_SUM && metric.getLongSumData().isMonotonic()) {
      List<LongPointData> points = new ArrayList<>();
      for (LongPointData now : metric.getLongSumData().getPoints()) {
        PointData before = before(metric, now);
        points.add(
            before instanceof LongPointData
                ? LongPointData.create(
                    before.getEpochNanos(),
                    now.getEpochNanos(),
                    now.getAttributes(),
                    Math.max(0, now.getValue() - ((LongPointData) before).getValue()))
                : now);
      }
      return new DeltaMetric(
          metric, SumData.createLongSumData(true, AggregationTemporality.DELTA, points));
    }
    if (type == MetricDataType.DOUBLE_SUM && metric.getDoubleSumData().isMonotonic()) {
      List<DoublePointData> points = new ArrayList<>();
      for (DoublePointData now : metric.getDoubleSumData().getPoints()) {
        PointData before = before(metric, now);
        points.add(
            before instanceof DoublePointData
                ? DoublePointData.create(
                    before.getEpochNanos(),
                    now.getEpochNanos(),
                    now.getAttributes(),
                    Math.max(0, now.getValue() - ((DoublePointData) before).getValue()),
                    Collections.emptyList())
                : now);
      }
      return new DeltaMetric(
          metric, SumData.createDoubleSumData(true, AggregationTemporality.DELTA, points));
    }
    return metric;
  }

  private @Nullable PointData before(MetricData metric, PointData point) {
    return acknowledged.get(new Series(metric.getName(), point.getAttributes()));
  }

  /** What tells one series from another. */
  private static final class Series {
    private final String metric;
    private final Attributes attributes;

    Series(String metric, Attributes attributes) {
      this.metric = metric;
      this.attributes = attributes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Series
          && metric.equals(((Series) other).metric)
          && attributes.equals(((Series) other).attributes);
    }

    @Override
    public int hashCode() {
      return metric.hashCode() * 31 + attributes.hashCode();
    }
  }

  /** A metric with other points. */
  private static final class DeltaMetric implements MetricData {
    private final MetricData of;
    private final Data<?> data;

    DeltaMetric(MetricData of, Data<?> data) {
      this.of = of;
      this.data = data;
    }

    @Override
    public Resource getResource() {
      return of.getResource();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
      return of.getInstrumentationScopeInfo();
    }

    @Override
    public String getName() {
      return of.getName();
    }

    @Override
    public String getDescription() {
      return of.getDescription();
    }

    @Override
    public String getUnit() {
      return of.getUnit();
    }

    @Override
    public MetricDataType getType() {
      return of.getType();
    }

    @Override
    public Data<?> getData() {
      return data;
    }
  }
}
