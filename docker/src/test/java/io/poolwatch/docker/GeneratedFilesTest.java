package io.poolwatch.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.alerts.AlertFiles;
import io.poolwatch.grafana.Dashboards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dashboards and alert rules are made of code, which takes its names from the metrics' enum. After
 * a change there or here, run the tests of this module with {@code -Dpoolwatch.docs.write=true},
 * which writes the files anew.
 */
class GeneratedFilesTest {
  static Stream<Map.Entry<String, String>> files() {
    Map<String, String> files = new LinkedHashMap<>(Dashboards.files());
    files.putAll(AlertFiles.files());
    return files.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void theFileIsWhatTheCodeMakes(Map.Entry<String, String> generated) throws Exception {
    Path file = RepositoryFiles.file(generated.getKey());
    if (Boolean.getBoolean("poolwatch.docs.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated.getValue());
    }
    assertThat(file).exists();
    assertThat(Files.readString(file)).isEqualTo(generated.getValue());
  }
}
