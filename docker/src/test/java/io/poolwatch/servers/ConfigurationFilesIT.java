package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.alerts.AlertFiles;
import io.poolwatch.alerts.AlertRules;
import io.poolwatch.docker.RepositoryFiles;
import io.poolwatch.grafana.Dashboard;
import io.poolwatch.otel.PoolwatchMetric;
import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.Translation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code docker/}, read by the programs they are for. */
class ConfigurationFilesIT {
  private static final String RULE_TESTS = "docker/prometheus/tests/poolwatch.yml";

  @Test
  @NeedsServers("otelcol")
  void theCollectorAcceptsItsConfiguration() throws Exception {
    assertAccepted(
        "", Programs.path("otelcol"), "validate", "--config=" + file("docker/otel-collector.yaml"));
  }

  @Test
  @NeedsServers("prometheus")
  void prometheusAcceptsItsConfiguration() throws Exception {
    assertAccepted(
        "", Programs.path("promtool"), "check", "config", file("docker/prometheus/prometheus.yml"));
  }

  @Test
  @NeedsServers("docker-compose")
  void composeAcceptsItsFile() throws Exception {
    assertAccepted(
        "", Programs.path("docker-compose"), "-f", file("docker/compose.yaml"), "config", "-q");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "agent.Dockerfile", "own-image.Dockerfile"})
  @NeedsServers("checks")
  void lintersFindNothingInDockerfiles(String name) throws Exception {
    assertAccepted("", "node", Programs.path("checks/dockerfile.mjs"), file("docker/" + name));
  }

  @Test
  @NeedsServers("checks")
  void theManifestIsOneOfKubernetes() throws Exception {
    assertAccepted(
        "",
        "node",
        Programs.path("checks/kubernetes.mjs"),
        file("docker/kubernetes/storefront.yaml"));
  }

  @Test
  @NeedsServers("checks")
  void dashboardsAreOfGrafanasOwnTypes() throws Exception {
    List<String> command = new ArrayList<>(List.of("node", Programs.path("checks/grafana.mjs")));
    Dashboard.all().forEach(dashboard -> command.add(file(dashboard.toString())));
    assertAccepted("", command.toArray(new String[0]));
  }

  @Test
  @NeedsServers("alertmanager")
  void alertmanagerAcceptsItsConfiguration() throws Exception {
    assertAccepted(
        "", Programs.path("amtool"), "check-config", file("docker/alertmanager/alertmanager.yml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {AlertFiles.RULES, AlertFiles.RULES_WITHOUT_SUFFIXES})
  @NeedsServers({"prometheus", "victoria-metrics"})
  void bothEvaluatorsAcceptTheRules(String rules) throws Exception {
    assertAccepted("", Programs.path("promtool"), "check", "rules", file(rules));
    assertAccepted("", Programs.path("vmalert"), "-dryRun", "-rule=" + file(rules));
  }

  @Test
  @NeedsServers("prometheus")
  void theRulesFireAndStaySilentAsTheirTestsSay() throws Exception {
    assertAccepted("", Programs.path("promtool"), "test", "rules", file(RULE_TESTS));
  }

  @Test
  @NeedsServers("prometheus")
  @EnabledIfSystemProperty(
      named = "matrix",
      matches = "true",
      disabledReason = "hours of samples: ./test --servers -Pmatrix")
  void aDailyRhythmFiresNoRule() throws Exception {
    assertAccepted(
        "", Programs.path("promtool"), "test", "rules", file("docker/prometheus/tests/slow.yml"));
  }

  /** The same tests, with the names of the other translation in rules and series. */
  @Test
  @NeedsServers("prometheus")
  @EnabledIfSystemProperty(
      named = "matrix",
      matches = "true",
      disabledReason = "ten seconds more of the same: ./test --servers -Pmatrix")
  void theRulesWithoutSuffixesDoTheSame(@TempDir Path folder) throws Exception {
    String tests = Files.readString(RepositoryFiles.file(RULE_TESTS));
    for (PoolwatchMetric metric : PoolwatchMetric.values()) {
      tests =
          tests.replace(
              Metrics.all(Translation.WITH_SUFFIXES).of(metric).toString().replace("}", ""),
              Metrics.all(Translation.WITHOUT_SUFFIXES).of(metric).toString().replace("}", ""));
    }
    assertThat(tests).contains("poolwatch_borrows{").doesNotContain("_total{");
    Path file = folder.resolve("tests.yml");
    Files.writeString(
        file, tests.replace("../rules/poolwatch.yml", file(AlertFiles.RULES_WITHOUT_SUFFIXES)));
    assertAccepted("", Programs.path("promtool"), "test", "rules", file.toString());
  }

  @ParameterizedTest
  @EnumSource
  @NeedsServers("checks")
  void everyQueryParses(Translation translation) throws Exception {
    List<String> queries = new ArrayList<>();
    for (String expression : Dashboard.expressions(translation)) {
      queries.add(Dashboard.withVariablesReplaced(expression, "1m"));
    }
    for (AlertRules.Group group : AlertRules.of(Metrics.all(translation))) {
      group.rules().forEach(rule -> queries.add(rule.expression().replaceAll("\\s+", " ")));
    }
    assertThat(queries).hasSizeGreaterThan(50);
    assertAccepted(String.join("\n", queries), "node", Programs.path("checks/promql.mjs"));
  }

  private static String file(String path) {
    return RepositoryFiles.file(path).toString();
  }

  private static void assertAccepted(String input, String... command) throws Exception {
    Programs.Run run = Programs.run(input, List.of(command));
    assertThat(run.exitCode).as(run.output).isZero();
  }
}
