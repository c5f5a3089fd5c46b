package io.poolwatch.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {
  private static final JsonNode COMPOSE = RepositoryFiles.yaml("docker/compose.yaml");

  static Stream<Map.Entry<String, JsonNode>> services() {
    List<Map.Entry<String, JsonNode>> services = new ArrayList<>();
    COMPOSE.path("services").fields().forEachRemaining(services::add);
    return services.stream();
  }

  @Test
  void theWholeChainIsThere() {
    assertThat(services().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "storefront", "load", "collector", "prometheus", "loki", "alertmanager", "grafana");
  }

  @ParameterizedTest
  @MethodSource("services")
  void imagesArePinnedToAVersion(Map.Entry<String, JsonNode> service) {
    String image = service.getValue().path("image").asText();
    assertThat(image)
        .satisfiesAnyOf(
            pinned -> assertThat(pinned).matches("[\\w./-]+:v?\\d+\\.\\d+\\.\\d+"),
            local -> assertThat(local).endsWith(":local"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "agent.Dockerfile", "own-image.Dockerfile"})
  void baseImagesArePinnedToAVersion(String file) throws Exception {
    assertThat(Files.readAllLines(RepositoryFiles.file("docker").resolve(file)))
        .filteredOn(line -> line.startsWith("FROM "))
        .isNotEmpty()
        .allMatch(line -> line.matches("FROM [\\w./-]+:\\d+\\.\\d+\\.\\d+\\S*"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void portsArePublishedOnLoopbackOnly(Map.Entry<String, JsonNode> service) {
    assertThat(service.getValue().path("ports"))
        .allMatch(port -> port.asText().startsWith("127.0.0.1:"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyServiceHasAHealthCheck(Map.Entry<String, JsonNode> service) {
    assertThat(service.getValue().at("/healthcheck/test").size()).isGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("services")
  void nothingIsWritableOrPrivileged(Map.Entry<String, JsonNode> service) {
    assertThat(service.getValue().path("read_only").asBoolean()).isTrue();
    assertThat(service.getValue().path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
    assertThat(service.getValue().has("privileged")).isFalse();
    for (JsonNode volume : service.getValue().path("volumes")) {
      if (volume.asText().startsWith(".")) {
        assertThat(volume.asText()).endsWith(":ro");
      }
    }
  }

  /** The user is told here, or by the image that is built here. */
  @ParameterizedTest
  @MethodSource("services")
  void nobodyIsRoot(Map.Entry<String, JsonNode> service) throws Exception {
    String user = service.getValue().path("user").asText();
    if (user.isEmpty()) {
      assertThat(service.getValue().path("image").asText()).endsWith(":local");
      user =
          Files.readAllLines(RepositoryFiles.file("docker/Dockerfile")).stream()
              .filter(line -> line.startsWith("USER "))
              .map(line -> line.substring("USER ".length()))
              .findFirst()
              .orElseThrow();
    }
    assertThat(user).matches("[1-9]\\d*:\\d+");
  }

  @Test
  void prometheusReadsItsRulesWhereTheyAreMounted() {
    String rules =
        RepositoryFiles.yaml("docker/prometheus/prometheus.yml").at("/rule_files/0").asText();
    assertThat(COMPOSE.at("/services/prometheus/volumes").toString())
        .contains("./prometheus/rules:" + rules.substring(0, rules.lastIndexOf('/')) + ":ro");
  }

  @Test
  void alertsAndLogsGoWhereTheyAreExpected() {
    assertThat(
            RepositoryFiles.yaml("docker/prometheus/prometheus.yml")
                .at("/alerting/alertmanagers/0/static_configs/0/targets/0")
                .asText())
        .isEqualTo("alertmanager:9093");
    assertThat(
            RepositoryFiles.yaml("docker/grafana/provisioning/datasources/datasources.yaml")
                .findValuesAsText("url"))
        .containsExactly("http://prometheus:9090", "http://loki:3100", "http://alertmanager:9093");
  }

  @Test
  void theHomeOfGrafanaIsADashboardOfOurs() {
    String home =
        COMPOSE
            .at("/services/grafana/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")
            .asText();
    assertThat(RepositoryFiles.file("docker/grafana/dashboards"))
        .isDirectoryContaining(
            file -> home.equals("/var/lib/poolwatch/dashboards/" + file.getFileName()));
  }

  @ParameterizedTest
  @MethodSource("services")
  void mountedFilesExist(Map.Entry<String, JsonNode> service) {
    for (JsonNode volume : service.getValue().path("volumes")) {
      String source = volume.asText().split(":")[0];
      if (source.startsWith("./")) {
        assertThat(RepositoryFiles.file("docker").resolve(source)).exists();
      }
    }
  }

  @Test
  void theExportIntervalIsTheOneThatGrafanaReckonsWith() {
    String interval =
        COMPOSE.at("/services/storefront/environment/OTEL_METRIC_EXPORT_INTERVAL").asText();
    String grafana =
        RepositoryFiles.yaml("docker/grafana/provisioning/datasources/datasources.yaml")
            .at("/datasources/0/jsonData/timeInterval")
            .asText();
    assertThat(grafana).isEqualTo(Integer.parseInt(interval) / 1_000 + "s");
  }
}
