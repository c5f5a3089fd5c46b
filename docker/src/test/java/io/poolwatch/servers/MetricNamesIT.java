package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.poolwatch.otel.PoolwatchMetric;
import io.poolwatch.promql.PrometheusSeries;
import io.poolwatch.promql.Translation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dashboards ask for names that the store makes out of ours. Here each metric of the enum goes
 * through the real collector into a real store, which must end up with the names that the
 * dashboard's own test reckons with, with the labels that they ask for.
 */
class MetricNamesIT {
  private static final String START = nanos(Instant.now().minusSeconds(60));

  @TempDir Path data;

  @Test
  @EnabledIfSystemProperty(
      named = "matrix",
      matches = "true",
      disabledReason = "minutes to build that Prometheus: run with -Pmatrix")
  @NeedsServers({"otelcol", "prometheus-otlp"})
  void prometheusStoresEveryMetricUnderTheNameThatTheDashboardAsksFor() throws Exception {
    assertNames(MetricsStore.prometheusOfCompose("names-prometheus", "127.0.0.1:1", data));
  }

  @Test
  @NeedsServers({"otelcol", "victoria-metrics"})
  void victoriaMetricsStoresEveryMetricUnderTheNameThatTheDashboardAsksFor() throws Exception {
    assertNames(MetricsStore.victoriaMetrics("names-victoria-metrics", data));
  }

  private static void assertNames(MetricsStore started) throws Exception {
    try (MetricsStore store = started;
        Collector collector =
            Collector.start("names-collector", store.otlpEndpoint(), FreePorts.next())) {
      String request = new ObjectMapper().writeValueAsString(exportOfEveryMetric());
      assertThat(Http.postJson(collector.endpoint("http") + "/v1/metrics", request)).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(store.poolwatchNames())
                    .containsExactlyInAnyOrderElementsOf(
                        PrometheusSeries.names(Translation.WITH_SUFFIXES));
                assertThat(store.labelsOf("poolwatch_borrows_total"))
                    .containsEntry("service_name", "names")
                    .containsEntry("service_version", "7")
                    .containsEntry("service_instance_id", "names-1")
                    .containsEntry("poolwatch_pool_name", "p");
              });
    }
  }

  private static Map<String, Object> exportOfEveryMetric() {
    List<Map<String, Object>> metrics =
        Arrays.stream(PoolwatchMetric.values())
            .map(MetricNamesIT::metric)
            .collect(Collectors.toList());
    return Map.of(
        "resourceMetrics",
        List.of(
            Map.of(
                "resource",
                Map.of(
                    "attributes",
                    List.of(
                        attribute("service.name", "names"),
                        attribute("service.version", "7"),
                        attribute("service.instance.id", "names-1"))),
                "scopeMetrics",
                List.of(Map.of("scope", Map.of("name", "io.poolwatch"), "metrics", metrics)))));
  }

  private static Map<String, Object> metric(PoolwatchMetric metric) {
    Map<String, Object> about = Map.of("name", metric.metricName(), "unit", metric.unit());
    Map<String, Object> all = new LinkedHashMap<>(about);
    switch (metric.instrument()) {
      case COUNTER:
      case DOUBLE_COUNTER:
        all.put("sum", sum(true));
        break;
      case UP_DOWN_COUNTER:
        all.put("sum", sum(false));
        break;
      case GAUGE:
        all.put("gauge", Map.of("dataPoints", List.of(point("asDouble", 0.5))));
        break;
      case HISTOGRAM:
        Map<String, Object> point = point("sum", 1.5);
        point.put("count", "1");
        point.put("explicitBounds", List.of(1, 2));
        point.put("bucketCounts", List.of("0", "1", "0"));
        all.put("histogram", Map.of("aggregationTemporality", 2, "dataPoints", List.of(point)));
        break;
    }
    return all;
  }

  private static Map<String, Object> sum(boolean monotonic) {
    return Map.of(
        "aggregationTemporality",
        2,
        "isMonotonic",
        monotonic,
        "dataPoints",
        List.of(point("asDouble", 1)));
  }

  private static Map<String, Object> point(String field, double value) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("startTimeUnixNano", START);
    point.put("timeUnixNano", nanos(Instant.now()));
    point.put("attributes", List.of(attribute("poolwatch.pool.name", "p")));
    point.put(field, value);
    return point;
  }

  private static Map<String, Object> attribute(String key, String value) {
    return Map.of("key", key, "value", Map.of("stringValue", value));
  }

  private static String nanos(Instant instant) {
    return instant.getEpochSecond() + String.format("%09d", instant.getNano());
  }
}
