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
import org.junit.jupiter.api.io.TempDir;

/**
 * A service under the agent → the collector with our configuration → a store, as in compose.yaml.
 */
class CollectorChainIT {
  @TempDir Path data;

  /** As in compose.yaml from the agent to the store. */
  @Test
  @NeedsServers({"otelcol", "prometheus-otlp", "checks"})
  void thePoolsOwnCountsComeOutOfPrometheus() throws Exception {
    try (MetricsStore store =
        MetricsStore.prometheusOfCompose("chain-http-store", "127.0.0.1:1", data)) {
      assertCounts(store, "http/protobuf", "chain-http");
      DashboardAnswers.assertThere(store);
      assertThat(rulesAnswered(store)).contains("PoolContractBroken");
      DashboardAnswers.assertDrawn(store);
    }
  }

  @Test
  @NeedsServers({"otelcol", "victoria-metrics"})
  void thePoolsOwnCountsComeOutOfVictoriaMetrics() throws Exception {
    try (MetricsStore store = MetricsStore.victoriaMetrics("chain-grpc-store", data)) {
      assertCounts(store, "grpc", "chain-grpc");
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
                List.of("6"),
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
