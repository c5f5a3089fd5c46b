package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisIT {
  @TempDir Path data;

  @Test
  @NeedsServers({"redis-server", "victoria-metrics"})
  void theConnectionsOfJedisAreCountedAsItsPoolCountsThemAndNoneIsUsedAmiss() throws Exception {
    int redisPort = FreePorts.next();
    try (ServerProcess redis = redis("jedis-redis", redisPort, data);
        MetricsStore store = MetricsStore.victoriaMetrics("redis-store", data)) {
      redis.awaitListening(redisPort);
      try (WatchedJvm service =
          WatchedJvm.start(
              "jedis",
              RedisWorkload.class,
              List.of(String.valueOf(redisPort)),
              Map.of(
                  "OTEL_METRICS_EXPORTER", "otlp",
                  "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                  "OTEL_EXPORTER_OTLP_ENDPOINT", store.otlpEndpoint(),
                  "OTEL_METRIC_EXPORT_INTERVAL", "1000",
                  "POOLWATCH_GUARD", "true",
                  "POOLWATCH_FINGERPRINT", "1",
                  "POOLWATCH_FINGERPRINT_CLASSES", "*",
                  "POOLWATCH_LOG_LEVEL", "debug"))) {
        WatchedJvm.Counts counts = service.awaitCounts();
        AgentCounts agent = AgentCounts.pushed(store, "jedis");
        agent.assertEqual(counts);
        agent.assertNoContractBroken();
        service.letGo();
        assertThat(service.log()).contains("redis.clients.jedis.Connection is guarded in ");
      }
    }
  }

  /** A Redis that keeps nothing. */
  static ServerProcess redis(String name, int port, Path data) throws IOException {
    return ServerProcess.start(
        name,
        List.of(
            Programs.path("redis-server"),
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            data.toString()),
        Map.of());
  }
}
