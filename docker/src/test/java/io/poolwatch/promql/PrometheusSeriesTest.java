package io.poolwatch.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.docker.RepositoryFiles;
import org.junit.jupiter.api.Test;

class PrometheusSeriesTest {
  @Test
  void unitsAndKindsBecomeSuffixes() {
    assertThat(PrometheusSeries.names(Translation.WITH_SUFFIXES))
        .contains(
            "poolwatch_borrows_total",
            "poolwatch_hit_ratio",
            "poolwatch_object_count",
            "poolwatch_borrow_duration_seconds_bucket",
            "poolwatch_agent_weaving_time_seconds_total")
        .doesNotContain("poolwatch_borrows", "poolwatch_hit_ratio_ratio");
  }

  @Test
  void withoutSuffixesOnlyTheDotsGo() {
    assertThat(PrometheusSeries.names(Translation.WITHOUT_SUFFIXES))
        .contains(
            "poolwatch_borrows",
            "poolwatch_hit_ratio",
            "poolwatch_borrow_duration_bucket",
            "poolwatch_agent_weaving_time")
        .doesNotContain("poolwatch_borrows_total");
  }

  @Test
  void promotedAttributesAreThoseOfThePrometheusConfiguration() {
    assertThat(
            RepositoryFiles.yaml("docker/prometheus/prometheus.yml")
                .at("/otlp/promote_resource_attributes"))
        .extracting(attribute -> attribute.asText().replace('.', '_'))
        .containsExactlyInAnyOrderElementsOf(PrometheusSeries.PROMOTED);
  }
}
