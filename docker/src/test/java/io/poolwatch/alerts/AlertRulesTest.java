package io.poolwatch.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolwatch.docker.RepositoryFiles;
import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.NamesInPromql;
import io.poolwatch.promql.Promql;
import io.poolwatch.promql.Translation;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRulesTest {
  private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");

  static Stream<AlertRule> rules() {
    return rules(Translation.WITH_SUFFIXES);
  }

  private static Stream<AlertRule> rules(Translation translation) {
    return AlertRules.of(Metrics.all(translation)).stream().flatMap(group -> group.rules.stream());
  }

  @ParameterizedTest
  @EnumSource
  void everyNameInARuleIsExported(Translation translation) {
    assertThat(rules(translation))
        .allSatisfy(rule -> NamesInPromql.assertExported(translation, rule.expression()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatARuleSaysNamesOnlyLabelsThatItsValueHas(AlertRule rule) {
    Set<String> said = new LinkedHashSet<>();
    Matcher label = LABEL.matcher(rule.summary() + rule.description());
    while (label.find()) {
      said.add(label.group(1));
    }
    assertThat(said).isNotEmpty();
    assertThat(new Promql(rule.expression()).groupingLabels()).containsAll(said);
  }

  @Test
  void everyTroubleOfTheListHasItsRule() {
    assertThat(rules().map(AlertRule::name))
        .containsExactlyInAnyOrder(
            "PoolHitRateCollapsed",
            "PoolHitRateFell",
            "PoolContractBroken",
            "PoolObjectsLeaked",
            "PoolExhausted",
            "PoolBorrowersWait",
            "PoolTenuredGarbage",
            "PoolwatchAgentFailing",
            "PoolwatchTelemetryAbsent");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleHasARunbook(AlertRule rule) throws Exception {
    String page = Files.readString(RepositoryFiles.file(rule.runbook()));
    assertThat(page)
        .startsWith("# " + rule.name() + "\n")
        .contains("\n## What it means\n", "\n## How to confirm\n", "\n## How to fix\n");
    assertThat(page)
        .contains(
            "| severity | for | goes on firing for |\n|---|---|---|\n| "
                + rule.severity().label()
                + " | "
                + rule.pending()
                + " | "
                + rule.keepFiring()
                + " |\n");
  }

  @Test
  void everyRunbookHasItsRule() throws Exception {
    try (Stream<java.nio.file.Path> pages = Files.list(RepositoryFiles.file("docs/runbooks"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              rules().map(rule -> rule.name() + ".md").collect(Collectors.toList()));
    }
  }

  /** {@code promtool} runs them where it is to be had; that they are there is checked always. */
  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleHasATestThatFiresAndOneThatStaysSilent(AlertRule rule) {
    int fires = 0;
    int silent = 0;
    for (JsonNode test :
        RepositoryFiles.yaml("docker/prometheus/tests/poolwatch.yml").path("tests")) {
      for (JsonNode alert : test.path("alert_rule_test")) {
        if (alert.path("alertname").asText().equals(rule.name())) {
          if (alert.path("exp_alerts").isEmpty()) {
            silent++;
          } else {
            fires++;
          }
        }
      }
    }
    assertThat(fires).as("tests that fire").isPositive();
    assertThat(silent).as("tests that stay silent").isPositive();
  }

  @Test
  void grafanaEvaluatesTheSameExpressions() {
    JsonNode file = RepositoryFiles.yaml("docker/grafana/provisioning/alerting/poolwatch.yaml");
    List<String> expressions = file.findValuesAsText("expr");
    assertThat(expressions)
        .containsExactlyElementsOf(rules().map(AlertRule::expression).collect(Collectors.toList()));
    assertThat(file.findValuesAsText("uid"))
        .allMatch(uid -> uid.length() <= 40)
        .contains("prometheus", "__expr__");
    assertThat(file.findValuesAsText("interval")).allMatch(interval -> interval.matches("20s|1m"));
  }
}
