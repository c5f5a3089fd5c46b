package io.poolwatch.examples.receiver;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads OTLP metrics into a store: numbers and histograms with explicit bounds. */
final class OtlpDecoder {
  private final SeriesStore store;

  OtlpDecoder(SeriesStore store) {
    this.store = store;
  }

  void accept(ExportMetricsServiceRequest request) {
    store.exportBegins();
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      Map<String, String> about = texts(resource.getResource().getAttributesList());
      String service = about.getOrDefault("service.name", "unknown service");
      String instance = about.getOrDefault("service.instance.id", "");
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          new Sender(service, instance, metric.getName()).accept(metric);
        }
      }
    }
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    Map<String, String> texts = new TreeMap<>();
    for (KeyValue attribute : attributes) {
      texts.put(attribute.getKey(), text(attribute.getValue()));
    }
    return texts;
  }

  private static String text(AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE:
        return value.getStringValue();
      case BOOL_VALUE:
        return Boolean.toString(value.getBoolValue());
      case INT_VALUE:
        return Long.toString(value.getIntValue());
      case DOUBLE_VALUE:
        return Double.toString(value.getDoubleValue());
      default:
        return value.toString();
    }
  }

  /** One metric of one sender. */
  private final class Sender {
    private final String service;
    private final String instance;
    private final String metric;

    Sender(String service, String instance, String metric) {
      this.service = service;
      this.instance = instance;
      this.metric = metric;
    }

    void accept(Metric data) {
      switch (data.getDataCase()) {
        case SUM:
          SeriesStore.Kind kind =
              data.getSum().getIsMonotonic()
                  ? SeriesStore.Kind.CUMULATIVE
                  : SeriesStore.Kind.CURRENT;
          numbers(
              data.getSum().getDataPointsList(),
              isDelta(data.getSum().getAggregationTemporality()) ? SeriesStore.Kind.DELTA : kind);
          break;
        case GAUGE:
          numbers(data.getGauge().getDataPointsList(), SeriesStore.Kind.CURRENT);
          break;
        case HISTOGRAM:
          histograms(
              data.getHistogram().getDataPointsList(),
              isDelta(data.getHistogram().getAggregationTemporality())
                  ? SeriesStore.Kind.DELTA
                  : SeriesStore.Kind.CUMULATIVE);
          break;
        default:
          // Exponential histograms and summaries: nobody here sends or shows them.
          break;
      }
    }

    private void numbers(List<NumberDataPoint> points, SeriesStore.Kind kind) {
      for (NumberDataPoint point : points) {
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        record(point.getAttributesList(), kind, point.getTimeUnixNano(), Amount.of(value));
      }
    }

    private void histograms(List<HistogramDataPoint> points, SeriesStore.Kind kind) {
      for (HistogramDataPoint point : points) {
        Amount amount = Amount.ofHistogram(point.getSum(), point.getCount());
        record(point.getAttributesList(), kind, point.getTimeUnixNano(), amount);
      }
    }

    private void record(
        List<KeyValue> attributes, SeriesStore.Kind kind, long timeNanos, Amount amount) {
      store.record(
          new SeriesKey(service, instance, metric, texts(attributes)), kind, timeNanos, amount);
    }

    private boolean isDelta(AggregationTemporality temporality) {
      return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    }
  }
}
