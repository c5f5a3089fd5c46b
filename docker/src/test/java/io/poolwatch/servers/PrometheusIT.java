package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.poolwatch.docker.RepositoryFiles;
import io.poolwatch.promql.PrometheusSeries;
import io.poolwatch.promql.Translation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusIT {
  @TempDir Path data;

  @Test
  @NeedsServers("prometheus")
  void scrapingTheAgentGivesThePoolsOwnCounts() throws Exception {
    int exporterPort = FreePorts.next();
    String config =
        "scrape_configs: [{job_name: scraped, scrape_interval: 1s,"
            + " static_configs: [{targets: ['127.0.0.1:"
            + exporterPort
            + "']}]}]\n";
    try (MetricsStore store = MetricsStore.prometheus("scrape-prometheus", config, data);
        WatchedJvm service =
            WatchedJvm.start(
                "scraped",
                PoolWorkload.class,
                List.of("3"),
                Map.of(
                    "OTEL_METRICS_EXPORTER", "prometheus",
                    "OTEL_EXPORTER_PROMETHEUS_HOST", "127.0.0.1",
                    "OTEL_EXPORTER_PROMETHEUS_PORT", String.valueOf(exporterPort)))) {
      WatchedJvm.Counts counts = service.awaitCounts();
      AgentCounts.scraped(store, "scraped").assertEqual(counts);
      Set<String> otherNames = store.poolwatchNames();
      otherNames.removeAll(PrometheusSeries.names(Translation.WITH_SUFFIXES));
      assertThat(otherNames).containsExactly("poolwatch_object_total");
      service.letGo();
    }
  }

  @Test
  @NeedsServers({"prometheus", "otelcol"})
  void theCollectorsOwnMetricsAreScraped() throws Exception {
    int telemetryPort = FreePorts.next();
    String config =
        Files.readString(RepositoryFiles.file("docker/prometheus/prometheus.yml"))
            .replace("collector:8888", "127.0.0.1:" + telemetryPort)
            .replace("scrape_interval: 15s", "scrape_interval: 1s");
    try (MetricsStore store = MetricsStore.prometheus("own-prometheus", config, data);
        Collector collector =
            Collector.start("own-collector", "http://127.0.0.1:1/never", telemetryPort)) {
      assertThat(collector.endpoint("http")).isNotBlank();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(store.value("up{job=\"collector\"}")).isEqualTo(1));
    }
  }
}
