package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.docker.Dashboard;
import io.poolwatch.docker.RepositoryFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of {@code docker/}, read by the programs they are for. */
class ConfigurationFilesIT {
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

  @Test
  @NeedsServers("checks")
  void lintersFindNothingInTheDockerfile() throws Exception {
    assertAccepted("", "node", Programs.path("checks/dockerfile.mjs"), file("docker/Dockerfile"));
  }

  @Test
  @NeedsServers("checks")
  void everyQueryOfTheDashboardParses() throws Exception {
    StringBuilder expressions = new StringBuilder();
    for (String expression : Dashboard.pools().expressions()) {
      expressions.append(Dashboard.withVariablesReplaced(expression, "1m")).append('\n');
    }
    assertAccepted(expressions.toString(), "node", Programs.path("checks/promql.mjs"));
  }

  private static String file(String path) {
    return RepositoryFiles.file(path).toString();
  }

  private static void assertAccepted(String input, String... command) throws Exception {
    Programs.Run run = Programs.run(input, List.of(command));
    assertThat(run.exitCode).as(run.output).isZero();
  }
}
