package io.poolwatch.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A metric, label or value that is renamed in the code and not in the dashboard ends the build. */
class DashboardTest {
  private static final Dashboard DASHBOARD = Dashboard.pools();

  static Stream<String> queries() {
    List<String> queries = new ArrayList<>(DASHBOARD.expressions());
    for (JsonNode variable : DASHBOARD.variables()) {
      if (variable.path("type").asText().equals("query")) {
        queries.add(asExpression(variable.at("/query/query").asText()));
      }
    }
    return queries.stream();
  }

  /**
   * Grafana's {@code label_values(SERIES, LABEL)} names what {@code sum by (LABEL) (SERIES)} names.
   */
  private static String asExpression(String labelValues) {
    String expression =
        labelValues.replaceFirst("^label_values\\((.*), (\\w+)\\)$", "sum by ($2) ($1)");
    assertThat(expression).isNotEqualTo(labelValues);
    return expression.contains("{") ? expression : expression.replaceFirst("\\)$", "{})");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyNameInAQueryIsExported(String query) {
    Promql promql = new Promql(query);
    assertThat(promql.selectors()).isNotEmpty();
    assertThat(promql.metricsWithoutSelector()).isEmpty();
    for (Promql.Selector selector : promql.selectors()) {
      PrometheusSeries series = PrometheusSeries.named(selector.metric).orElse(null);
      assertThat(series).as("no such series: %s", selector.metric).isNotNull();
      for (String label : promql.groupingLabels()) {
        assertThat(series.hasLabel(label)).as("%s of %s", label, selector.metric).isTrue();
      }
      for (Promql.LabelMatcher matcher : selector.matchers) {
        assertThat(series.hasLabel(matcher.label))
            .as("%s of %s", matcher.label, selector.metric)
            .isTrue();
        if (!series.valuesOf(matcher.label).isEmpty()) {
          assertThat(series.valuesOf(matcher.label)).containsAll(matcher.literalValues());
        }
      }
    }
  }

  static Stream<JsonNode> panels() {
    return DASHBOARD.panels().stream();
  }

  @ParameterizedTest
  @MethodSource("panels")
  void everyPanelSaysWhatItShowsAndInWhatUnit(JsonNode panel) {
    assertThat(panel.path("title").asText()).isNotBlank();
    assertThat(panel.path("description").asText()).as(panel.path("title").asText()).endsWith(".");
    assertThat(panel.at("/fieldConfig/defaults/unit").asText())
        .as(panel.path("title").asText())
        .isNotBlank();
    assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
    for (JsonNode target : panel.path("targets")) {
      assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
      assertThat(target.path("legendFormat").asText()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("panels")
  void panelsKeepToTheGridAndDoNotOverlap(JsonNode panel) {
    JsonNode mine = panel.path("gridPos");
    assertThat(mine.path("x").asInt() + mine.path("w").asInt()).isLessThanOrEqualTo(24);
    for (JsonNode other : DASHBOARD.panels()) {
      if (other.path("id").asInt() != panel.path("id").asInt()) {
        assertThat(overlap(mine, other.path("gridPos")))
            .as("%s and %s", panel.path("title"), other.path("title"))
            .isFalse();
      }
    }
  }

  private static boolean overlap(JsonNode a, JsonNode b) {
    return before(a, b, "x", "w")
        && before(b, a, "x", "w")
        && before(a, b, "y", "h")
        && before(b, a, "y", "h");
  }

  private static boolean before(JsonNode a, JsonNode b, String at, String length) {
    return a.path(at).asInt() < b.path(at).asInt() + b.path(length).asInt();
  }

  @Test
  void panelIdsAreDifferent() {
    assertThat(DASHBOARD.json().path("panels"))
        .extracting(panel -> panel.path("id").asInt())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void ratesUseTheIntervalThatGrafanaDerivesFromTheDataSource(String query) {
    assertThat(query).doesNotContainPattern("\\brate\\([^\\[]*\\[(?!\\$__rate_interval])");
  }

  @Test
  void dataSourceServiceInstanceAndPoolAreVariables() {
    assertThat(DASHBOARD.variables())
        .extracting(variable -> variable.path("name").asText())
        .containsExactly("datasource", "service", "instance", "pool");
    assertThat(DASHBOARD.variables())
        .allSatisfy(variable -> assertThat(variable.path("description").asText()).isNotBlank());
    assertThat(DASHBOARD.json().path("uid").asText()).isNotBlank();
  }
}
