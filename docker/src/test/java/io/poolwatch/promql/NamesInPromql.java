package io.poolwatch.promql;

import static org.assertj.core.api.Assertions.assertThat;

/** A metric, label or value that is renamed in the code and not in a query ends the build. */
public final class NamesInPromql {
  private NamesInPromql() {}

  /** That everything which the expression names is exported so. */
  public static void assertExported(Translation translation, String expression) {
    Promql promql = new Promql(expression);
    assertThat(promql.selectors()).as(expression).isNotEmpty();
    assertThat(promql.metricsWithoutSelector()).as(expression).isEmpty();
    for (Promql.Asked asked : promql.selectors()) {
      PrometheusSeries series = PrometheusSeries.named(translation, asked.metric).orElse(null);
      assertThat(series).as("no such series: %s", asked.metric).isNotNull();
      for (String label : promql.groupingLabels()) {
        assertThat(series.hasLabel(label)).as("%s of %s", label, asked.metric).isTrue();
      }
      for (Promql.LabelMatcher matcher : asked.matchers) {
        assertThat(series.hasLabel(matcher.label))
            .as("%s of %s", matcher.label, asked.metric)
            .isTrue();
        if (!series.valuesOf(matcher.label).isEmpty()) {
          assertThat(series.valuesOf(matcher.label)).containsAll(matcher.literalValues());
        }
      }
    }
  }
}
