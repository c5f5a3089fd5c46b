package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.poolwatch.promql.PrometheusSeries;
import io.poolwatch.promql.Translation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service under the agent → the collector with our configuration → a store, as in compose.yaml.
 */
class CollectorChainIT {
  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  @NeedsServers({"otelcol", "victoria-metrics", "checks"})
  void thePoolsOwnCountsComeOutOfTheStore(String protocol) throws Exception {
    String name = "chain-" + protocol.substring(0, 4);
    try (MetricsStore store = MetricsStore.victoriaMetrics(name + "-store", data);
        LogSink logs = LogSink.start();
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
      if (protocol.equals("grpc")) { // once is enough: the store is the same
        DashboardAnswers.assertThere(store);
        DashboardAnswers.assertDrawn(store);
      }
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
}
