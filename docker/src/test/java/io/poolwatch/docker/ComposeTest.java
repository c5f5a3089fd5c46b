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
        .containsExactlyInAnyOrder("storefront", "load", "collector", "prometheus", "grafana");
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

  @Test
  void theBaseImageIsPinnedToAVersion() throws Exception {
    assertThat(Files.readAllLines(RepositoryFiles.file("docker/Dockerfile")))
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
        RepositoryFiles.yaml("docker/grafana/provisioning/datasources/prometheus.yaml")
            .at("/datasources/0/jsonData/timeInterval")
            .asText();
    assertThat(grafana).isEqualTo(Integer.parseInt(interval) / 1_000 + "s");
  }
}
