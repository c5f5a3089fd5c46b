package io.poolwatch.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final SdkMeterProvider provider =
      SdkMeterProvider.builder().registerMetricReader(reader).build();
  private final Meter meter = provider.get("test");
  private final LongCounter counter = meter.counterBuilder("counter").build();
  private final LongUpDownCounter level = meter.upDownCounterBuilder("level").build();
  private final DoubleHistogram histogram =
      meter.histogramBuilder("histogram").setExplicitBucketBoundariesAdvice(List.of(1.0)).build();
  private final Unacknowledged deltas =
      new Unacknowledged(AggregationTemporalitySelector.deltaPreferred());

  @AfterEach
  void close() {
    provider.close();
  }

  private static MetricData find(Collection<MetricData> batch, String name) {
    return batch.stream().filter(data -> data.getName().equals(name)).findFirst().orElseThrow();
  }

  private static long counted(Collection<MetricData> batch) {
    return find(batch, "counter").getLongSumData().getPoints().iterator().next().getValue();
  }

  @Test
  void whatWasNotAcknowledgedIsInTheNextDelta() {
    counter.add(5);
    Collection<MetricData> first = reader.collectAllMetrics();
    assertThat(counted(deltas.since(first))).isEqualTo(5);
    deltas.acknowledge(first);

    counter.add(3);
    assertThat(counted(deltas.since(reader.collectAllMetrics()))).isEqualTo(3);
    counter.add(4);
    Collection<MetricData> third = reader.collectAllMetrics();
    assertThat(counted(deltas.since(third))).isEqualTo(7);
    deltas.acknowledge(third);

    assertThat(counted(deltas.since(reader.collectAllMetrics()))).isZero();
  }

  @Test
  void histogramsAreTakenApartByBucket() {
    histogram.record(0.5);
    Collection<MetricData> first = reader.collectAllMetrics();
    deltas.acknowledge(first);
    histogram.record(0.25);
    histogram.record(2);

    MetricData data = find(deltas.since(reader.collectAllMetrics()), "histogram");

    assertThat(data.getHistogramData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.DELTA);
    assertThat(data.getHistogramData().getPoints())
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.getCount()).isEqualTo(2);
              assertThat(point.getSum()).isEqualTo(2.25);
              assertThat(point.getCounts()).containsExactly(1L, 1L);
              assertThat(point.getStartEpochNanos())
                  .isEqualTo(
                      find(first, "histogram")
                          .getHistogramData()
                          .getPoints()
                          .iterator()
                          .next()
                          .getEpochNanos());
            });
  }

  @Test
  void levelsStayCumulative() {
    level.add(5);
    deltas.acknowledge(reader.collectAllMetrics());
    level.add(-2);

    MetricData data = find(deltas.since(reader.collectAllMetrics()), "level");

    assertThat(data.getLongSumData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.CUMULATIVE);
    assertThat(data.getLongSumData().getPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isEqualTo(3));
  }

  @Test
  void aSeriesSeenLateCountsFromItsBeginning() {
    counter.add(1, Attributes.builder().put("pool", "a").build());
    deltas.acknowledge(reader.collectAllMetrics());
    counter.add(2, Attributes.builder().put("pool", "b").build());

    MetricData data = find(deltas.since(reader.collectAllMetrics()), "counter");

    assertThat(data.getLongSumData().getPoints())
        .extracting(point -> point.getValue())
        .containsExactlyInAnyOrder(0L, 2L);
  }
}
