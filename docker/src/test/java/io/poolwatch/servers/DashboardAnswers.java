package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.poolwatch.docker.RepositoryFiles;
import io.poolwatch.grafana.Dashboard;
import io.poolwatch.promql.Promql;
import io.poolwatch.promql.Translation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the dashboards' expressions give for a service that did no wrong and ran for seconds. {@link
 * AlertsEndToEndIT} has an answer to all.
 */
final class DashboardAnswers {
  private DashboardAnswers() {}

  /** That the store takes every expression and has an answer, where something was exported. */
  static void assertThere(MetricsStore store) {
    for (String expression : Dashboard.expressions(Translation.WITH_SUFFIXES)) {
      String query = Dashboard.withVariablesReplaced(expression, "1m");
      // A rate needs two exports.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(store.values(query).length > 0 || mayBeEmpty(store, query))
                      .as(query)
                      .isTrue());
    }
  }

  /**
   * That every panel can be drawn, on pages for eyes: {@code target/servers/overview.json.html} and
   * its like.
   */
  static void assertDrawn(MetricsStore store) throws Exception {
    for (Dashboard dashboard : Dashboard.all(Translation.WITH_SUFFIXES)) {
      Path file = RepositoryFiles.file(dashboard.toString());
      Programs.Run run =
          Programs.run(
              "",
              List.of(
                  "node",
                  RepositoryFiles.file("docker/checks/draw.mjs").toString(),
                  file.toString(),
                  store.url(),
                  Path.of("target", "servers", file.getFileName() + ".html").toString()));
      assertThat(run.exitCode).as(run.output).isZero();
    }
  }

  private static boolean mayBeEmpty(MetricsStore store, String query) throws Exception {
    if (query.endsWith(" > 0") || query.contains("@ end()")) {
      return true;
    }
    for (Promql.Asked asked : new Promql(query).selectors()) {
      if (store.values("count(" + asked.metric + ")").length == 0) {
        return true;
      }
    }
    return false;
  }
}
