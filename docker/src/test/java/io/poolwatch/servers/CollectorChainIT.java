package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.poolwatch.alerts.AlertRule;
import io.poolwatch.alerts.AlertRules;
import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.PrometheusSeries;
import io.poolwatch.promql.Translation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service under the agent → the collector with our configuration → a store, as in compose.yaml.
 */
class CollectorChainIT {
  @TempDir Path data;

  /** As in compose.yaml from the agent to the store. */
  @Test
  @EnabledIfSystemProperty(
      named = "matrix",
      matches = "true",
      disabledReason = "minutes to build that Prometheus: run with -Pmatrix")
  @NeedsServers({"otelcol", "prometheus-otlp", "checks"})
  void thePoolsOwnCountsComeOutOfPrometheus() throws Exception {
    try (MetricsStore store =
        MetricsStore.prometheusOfCompose("chain-prometheus-store", "127.0.0.1:1", data)) {
      assertCounts(store, "http/protobuf", "chain-prometheus");
      DashboardAnswers.assertThere(store);
      assertThat(rulesAnswered(store)).contains("PoolContractBroken");
      DashboardAnswers.assertDrawn(store);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  @NeedsServers({"otelcol", "victoria-metrics", "checks"})
  void thePoolsOwnCountsComeOutOfVictoriaMetrics(String protocol) throws Exception {
    String name = "chain-" + protocol.substring(0, 4);
    try (MetricsStore store = MetricsStore.victoriaMetrics(name + "-store", data)) {
      assertCounts(store, protocol, name);
      if (protocol.equals("grpc")) { // once is enough: the store is the same
        DashboardAnswers.assertThere(store);
        DashboardAnswers.assertDrawn(store);
      }
    }
  }

  private static void assertCounts(MetricsStore store, String protocol, String name)
      throws Exception {
    try (LogSink logs = LogSink.start();
        Collector collector =
            Collector.start(
                name + "-collector", store.otlpEndpoint(), logs.endpoint(), FreePorts.next());
        WatchedJvm service =
            WatchedJvm.start(
                name,
                PoolWorkload.class,
                List.of("8"),
                Map.of(
                    "OTEL_METRICS_EXPORTER",
                    "otlp",
                    "OTEL_LOGS_EXPORTER",
                    "otlp",
                    // So that every export has new durations.
                    "POOLWATCH_SAMPLE_RATE",
                    "10",
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    protocol,
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.endpoint(protocol),
                    "OTEL_METRIC_EXPORT_INTERVAL",
                    "1000"))) {
      WatchedJvm.Counts counts = service.awaitCounts();
      AgentCounts.pushed(store, name).assertEqual(counts);

      assertThat(PrometheusSeries.names(Translation.WITH_SUFFIXES))
          .containsAll(store.poolwatchNames());
      assertThat(store.labelsOf("poolwatch_borrows_total"))
          .containsEntry("service_version", "1")
          .containsEntry("service_instance_id", name + "-1");
      service.letGo();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(logs.requests())
                      .anyMatch(
                          request ->
                              request.contains("poolwatch.violation")
                                  && request.contains("poolwatch.pool.name")
                                  && request.contains(name + "-1")));
    }
  }

  /** Which of our rules have an answer now; one that the store does not take is a failure. */
  private static Set<String> rulesAnswered(MetricsStore store) throws Exception {
    Set<String> answered = new TreeSet<>();
    for (AlertRules.Group group : AlertRules.of(Metrics.all(Translation.WITH_SUFFIXES))) {
      for (AlertRule rule : group.rules()) {
        if (store.values(rule.expression()).length > 0) {
          answered.add(rule.name());
        }
      }
    }
    return answered;
  }
}
