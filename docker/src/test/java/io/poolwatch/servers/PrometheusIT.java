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
        scrapeConfigOfTheReadme()
            .replace("job_name: checkout", "job_name: scraped\n    scrape_interval: 1s")
            .replace("[checkout-1:9464, checkout-2:9464]", "['127.0.0.1:" + exporterPort + "']");
    try (MetricsStore store = MetricsStore.prometheus("scrape-prometheus", config, data);
        WatchedJvm service =
            WatchedJvm.start(
                "scraped",
                PoolWorkload.class,
                List.of("8"),
                Map.of(
                    // So that every scrape has new durations.
                    "POOLWATCH_SAMPLE_RATE", "10",
                    "OTEL_METRICS_EXPORTER", "prometheus",
                    "OTEL_EXPORTER_PROMETHEUS_HOST", "127.0.0.1",
                    "OTEL_EXPORTER_PROMETHEUS_PORT", String.valueOf(exporterPort)))) {
      WatchedJvm.Counts counts = service.awaitCounts();
      AgentCounts.scraped(store, "scraped").assertEqual(counts);
      Set<String> otherNames = store.poolwatchNames();
      otherNames.removeAll(PrometheusSeries.names(Translation.WITH_SUFFIXES));
      assertThat(otherNames).containsExactly("poolwatch_object_total");
      assertThat(store.labelsOf("poolwatch_borrows_total"))
          .containsEntry("service_name", "scraped")
          .containsEntry("service_instance_id", "127.0.0.1:" + exporterPort);
      DashboardAnswers.assertThere(store);
      service.letGo();
    }
  }

  /** What it tells people who scrape to write, for the labels that dashboards and rules ask for. */
  private static String scrapeConfigOfTheReadme() throws Exception {
    String page = Files.readString(RepositoryFiles.file("docker/README.md"));
    int begin = page.indexOf("scrape_configs:");
    String config = page.substring(begin, page.indexOf("```", begin));
    assertThat(config).contains("[checkout-1:9464, checkout-2:9464]", "job_name: checkout");
    return config;
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
