package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * The agent's counts of one Commons Pool2 pool, as they stand in a store, against the pool's own.
 */
final class AgentCounts {
  private final MetricsStore store;
  private final String service;
  private final String createdSeries;

  private AgentCounts(MetricsStore store, String service, String createdSeries) {
    this.store = store;
    this.service = service;
    this.createdSeries = createdSeries;
  }

  /** What arrived over OTLP from the service of that name. */
  static AgentCounts pushed(MetricsStore store, String service) {
    return new AgentCounts(
        store, "service_name=\"" + service + "\"", "poolwatch_object_created_total");
  }

  /**
   * What the scrape job of that name found. The SDK's Prometheus exporter takes the end of {@code
   * poolwatch.object.created} for the suffix that OpenMetrics reserves for times of creation, and
   * drops it.
   */
  static AgentCounts scraped(MetricsStore store, String job) {
    return new AgentCounts(store, "job=\"" + job + "\"", "poolwatch_object_total");
  }

  /** Waits for the export that holds the last event, then compares every count. */
  void assertEqual(WatchedJvm.Counts own) {
    assertThat(own.borrowed).isPositive();
    assertThat(own.destroyed).isPositive();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(sum("poolwatch_borrows_total", "poolwatch_outcome=~\"hit|miss\""))
                  .as("borrows")
                  .isEqualTo(own.borrowed);
              assertThat(sum("poolwatch_returns_total", "poolwatch_outcome!=\"rejected\""))
                  .as("returns")
                  .isEqualTo(own.returned);
              assertThat(sum(createdSeries, "")).as("created").isEqualTo(own.created);
              assertThat(sum("poolwatch_object_removed_total", ""))
                  .as("removed")
                  .isEqualTo(own.destroyed);
            });
    assertThat(sum("poolwatch_borrows_total", "poolwatch_outcome=\"miss\""))
        .isEqualTo(sum("poolwatch_misses_total", ""));
    assertThat(sum("poolwatch_object_count", "")).isEqualTo(own.created - own.destroyed);
  }

  /** After {@link #assertEqual}: every kind of violation was exported, as 0. */
  void assertNoContractBroken() {
    assertThat(sum("poolwatch_violations_total", "")).as("violations").isZero();
  }

  private double sum(String series, String further) {
    try {
      return store.value(
          "sum("
              + series
              + "{poolwatch_pool_system=\"commons_pool2\","
              + service
              + (further.isEmpty() ? "" : "," + further)
              + "})");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
