package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.docker.Dashboard;
import io.poolwatch.docker.PrometheusSeries;
import java.nio.file.Path;
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
  @NeedsServers({"otelcol", "victoria-metrics"})
  void thePoolsOwnCountsComeOutOfTheStore(String protocol) throws Exception {
    String name = "chain-" + protocol.substring(0, 4);
    try (MetricsStore store = MetricsStore.victoriaMetrics(name + "-store", data);
        Collector collector =
            Collector.start(name + "-collector", store.otlpEndpoint(), FreePorts.next());
        WatchedJvm service =
            WatchedJvm.start(
                name,
                PoolWorkload.class,
                List.of("6"),
                Map.of(
                    "OTEL_METRICS_EXPORTER",
                    "otlp",
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    protocol,
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.endpoint(protocol),
                    "OTEL_METRIC_EXPORT_INTERVAL",
                    "1000"))) {
      WatchedJvm.Counts counts = service.awaitCounts();
      AgentCounts.pushed(store, name).assertEqual(counts);

      assertThat(PrometheusSeries.names()).containsAll(store.poolwatchNames());
      assertThat(store.labelsOf("poolwatch_borrows_total"))
          .containsEntry("service_version", "1")
          .containsEntry("service_instance_id", name + "-1");
      for (String expression : Dashboard.pools().expressions()) {
        String query = Dashboard.withVariablesReplaced(expression, "1m");
        assertThat(store.values(query)).as(query).isNotEmpty();
      }
      service.letGo();
    }
  }
}
