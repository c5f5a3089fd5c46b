package io.poolwatch.promql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromqlTest {
  @Test
  void selectorsAreFoundWithTheirMatchers() {
    Promql promql =
        new Promql(
            "sum by (pool, outcome) (rate(a_total{x=\"1|2\", y=~\"$y\"}[5m])) / sum(b{z!=\"3\"})");

    assertThat(promql.selectors())
        .extracting(selector -> selector.metric)
        .containsExactly("a_total", "b");
    assertThat(promql.selectors().get(0).matchers)
        .extracting(matcher -> matcher.label)
        .containsExactly("x", "y");
    assertThat(promql.selectors().get(0).matchers.get(0).literalValues()).containsExactly("1", "2");
    assertThat(promql.selectors().get(0).matchers.get(1).literalValues()).isEmpty();
    assertThat(promql.groupingLabels()).containsExactly("pool", "outcome");
  }

  @Test
  void aMetricWithoutASelectorIsFoundAndLabelsAreNot() {
    Promql promql =
        new Promql(
            "sum by (poolwatch_cause) (poolwatch_misses_total) + poolwatch_x{poolwatch_y=\"1\"}");

    assertThat(promql.metricsWithoutSelector()).containsExactly("poolwatch_misses_total");
  }
}
