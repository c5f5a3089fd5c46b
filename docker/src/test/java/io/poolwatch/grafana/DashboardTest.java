package io.poolwatch.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.promql.NamesInPromql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)");

  static Stream<Dashboard> dashboards() {
    return Dashboard.all().stream();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyNameInAQueryIsExported(Dashboard dashboard) {
    List<String> queries = new ArrayList<>(dashboard.expressions());
    for (JsonNode variable : dashboard.variables()) {
      if (variable.path("type").asText().equals("query")) {
        queries.add(asExpression(variable.at("/query/query").asText()));
      }
    }
    assertThat(queries).hasSizeGreaterThan(20);
    queries.forEach(query -> NamesInPromql.assertExported(dashboard.translation(), query));
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
  @MethodSource("dashboards")
  void everyPanelSaysWhatItShowsAndInWhatUnit(Dashboard dashboard) {
    for (JsonNode panel : dashboard.panels()) {
      String title = panel.path("title").asText();
      assertThat(title).isNotBlank();
      assertThat(panel.path("description").asText()).as(title).endsWith(".");
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
      assertThat(panel.path("targets")).as(title).isNotEmpty();
      Set<String> refIds = new HashSet<>();
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.path("datasource")).isEqualTo(panel.path("datasource"));
        assertThat(target.path("expr").asText()).as(title).isNotBlank();
        assertThat(refIds.add(target.path("refId").asText())).as(title).isTrue();
        if (!panel.path("type").asText().equals("logs")) {
          assertThat(target.path("legendFormat").asText()).as(title).isNotBlank();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsFillTheGridWithoutOverlapAndFitOnAScreen(Dashboard dashboard) {
    Set<List<Integer>> taken = new HashSet<>();
    int lowest = 0;
    for (JsonNode panel : dashboard.panels()) {
      JsonNode at = panel.path("gridPos");
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(x).isBetween(0, 23);
          assertThat(taken.add(List.of(x, y)))
              .as("%s at %d, %d", panel.path("title"), x, y)
              .isTrue();
          lowest = Math.max(lowest, y + 1);
        }
      }
    }
    assertThat(taken).hasSize(24 * lowest);
    // 38 pixels each: 1080 lines in Grafana's kiosk mode.
    assertThat(lowest).isLessThanOrEqualTo(28);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelIdsAreDifferent(Dashboard dashboard) {
    assertThat(dashboard.json().path("panels"))
        .extracting(panel -> panel.path("id").asInt())
        .doesNotHaveDuplicates()
        .allMatch(id -> id > 0);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyVariableThatIsUsedIsThere(Dashboard dashboard) {
    List<String> defined =
        dashboard.variables().stream()
            .map(variable -> variable.path("name").asText())
            .collect(Collectors.toList());
    assertThat(defined).startsWith("datasource", "service", "instance", "pool");
    Set<String> used = new HashSet<>();
    Matcher variable = VARIABLE.matcher(dashboard.json().toString());
    while (variable.find()) {
      used.add(variable.group(1));
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(defined);
    assertThat(dashboard.variables())
        .allSatisfy(
            known -> {
              assertThat(known.path("label").asText()).isNotBlank();
              assertThat(known.path("description").asText()).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void ratesUseTheIntervalThatGrafanaDerivesFromTheDataSource(Dashboard dashboard) {
    assertThat(dashboard.expressions())
        .noneMatch(
            query ->
                Pattern.compile("\\b(rate|increase)\\([^\\[]*\\[(?!\\$__(rate_interval|range)])")
                    .matcher(query)
                    .find());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void linksLeadToDashboardsThatAreThere(Dashboard dashboard) {
    List<String> uids =
        Dashboard.all().stream()
            .map(known -> known.json().path("uid").asText())
            .collect(Collectors.toList());
    for (JsonNode panel : dashboard.panels()) {
      for (JsonNode link : panel.at("/fieldConfig/defaults/links")) {
        assertThat(link.path("url").asText()).matches("/d/[\\w-]+\\?.*");
        assertThat(uids).contains(link.path("url").asText().substring(3).split("\\?")[0]);
      }
    }
    assertThat(dashboard.json().at("/links/0/tags/0").asText())
        .isEqualTo(dashboard.json().at("/tags/0").asText());
  }

  @Test
  void onlyTheOverviewLinksToOnePool() {
    assertThat(Dashboards.files().values())
        .filteredOn(file -> file.contains("/d/" + PoolDetails.UID))
        .hasSize(2);
  }

  static Stream<Map.Entry<Map<String, String>, List<MetricAttribute>>> colors() {
    return Stream.of(
        Map.entry(Colors.OUTCOMES, List.of(MetricAttribute.BORROW_OUTCOME)),
        Map.entry(Colors.RETURNS, List.of(MetricAttribute.RETURN_OUTCOME)),
        Map.entry(
            Colors.CAUSES, List.of(MetricAttribute.MISS_CAUSE, MetricAttribute.REMOVAL_REASON)),
        Map.entry(PoolDetails.VIOLATIONS, List.of(MetricAttribute.VIOLATION)));
  }

  /** A value that is renamed must not lose its colour in silence. */
  @ParameterizedTest
  @MethodSource("colors")
  void everyValueHasItsColour(Map.Entry<Map<String, String>, List<MetricAttribute>> colors) {
    Set<String> values =
        colors.getValue().stream()
            .flatMap(attribute -> attribute.labels().stream())
            .collect(Collectors.toSet());
    assertThat(colors.getKey().keySet()).containsExactlyInAnyOrderElementsOf(values);
  }

  @Test
  void statesAreInTheOrderOfTheirNumbers() {
    assertThat(List.of(Colors.STATE_NAMES))
        .containsExactlyElementsOf(MetricAttribute.COLLAPSE_STATE.labels());
  }
}
