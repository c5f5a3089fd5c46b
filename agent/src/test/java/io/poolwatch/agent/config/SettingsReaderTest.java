package io.poolwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private final Properties properties = new Properties();

  @Test
  void nothingSaidGivesTheDefaultsAndNoComplaint() {
    Settings settings = SettingsReader.read(null, properties, Map.of("PATH", "/bin"));
    assertThat(settings.complaints()).isEmpty();
    assertThat(settings.flag(Options.ENABLED)).isTrue();
    assertThat(settings.count(Options.SAMPLE_RATE)).isEqualTo(128);
    assertThat(settings.count(Options.TRACK_MAX)).isEqualTo(200_000);
    assertThat(settings.millis(Options.SUMMARY_PERIOD)).isEqualTo(60_000);
    assertThat(settings.text(Options.LOG_FILE)).isNull();
    assertThat(settings.patterns(Options.POOLS_INCLUDE).match("anything")).isTrue();
    assertThat(settings.patterns(Options.POOLS_EXCLUDE).match("anything")).isFalse();
  }

  @Test
  void argumentBeatsPropertyBeatsVariableBeatsFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("pool watch ä.properties");
    Files.writeString(
        file, "pools.max=1\nsample.rate=1\npoolwatch.track.max=1\nlog.level=error\nconfig=x");
    properties.setProperty("poolwatch.pools.max", "3");
    properties.setProperty("poolwatch.sample.rate", "3");
    Map<String, String> environment =
        Map.of(
            "POOLWATCH_POOLS_MAX", "2",
            "POOLWATCH_SAMPLE_RATE", "2",
            "POOLWATCH_TRACK_MAX", "2",
            "POOLWATCH_CONFIG", file.toString());

    Settings settings = SettingsReader.read("pools.max=4", properties, environment);
    assertThat(settings.count(Options.POOLS_MAX)).isEqualTo(4);
    assertThat(settings.count(Options.SAMPLE_RATE)).isEqualTo(3);
    assertThat(settings.count(Options.TRACK_MAX)).isEqualTo(2);
    assertThat(settings.text(Options.LOG_LEVEL)).isEqualTo("error");
    assertThat(settings.complaints())
        .containsExactly(
            "key \"config\" inside a configuration file is ignored: there is only one");
  }

  @Test
  void unknownKeyIsNamedWithTheNearestAndWithoutItsValue() {
    properties.setProperty("poolwatch.sampel.rate", "hunter2");
    Settings settings =
        SettingsReader.read(
            "commons_pool.enabled=false,qqqqqqqqqqqqqqqq=hunter2",
            properties,
            Map.of("POOLWATCH_LOG_LEVLE", "hunter2"));
    assertThat(settings.complaints())
        .containsExactlyInAnyOrder(
            "unknown key \"commons_pool.enabled\" (agent argument) is ignored; did you mean"
                + " \"commons_pool2.enabled\"?",
            "unknown key \"qqqqqqqqqqqqqqqq\" (agent argument) is ignored;"
                + " -javaagent:poolwatch.jar=help lists all keys",
            "unknown key \"sampel.rate\" (system property) is ignored; did you mean"
                + " \"sample.rate\"?",
            "unknown key \"POOLWATCH_LOG_LEVLE\" (environment variable) is ignored; did you mean"
                + " \"POOLWATCH_LOG_LEVEL\"?");
  }

  @ParameterizedTest
  @CsvSource({
    "enabled, ture, did you mean \"true\"?",
    "log.level, wran, did you mean \"warn\"?",
    "sample.rate, -1, a whole number from 0 to 1048576",
    "sample.rate, ten, a whole number from 0 to 1048576",
    "pools.max, 0, a whole number from 1 to 10000",
    "pools.max, 99999999999999999999, a whole number from 1 to 10000",
    "summary.period, 10, 'a time such as 500ms, 10s, 5m or 1h'",
    "summary.period, 99999999999999999h, 'a time such as 500ms, 10s, 5m or 1h'",
  })
  void badValueIsNamedAndTheNextBestTaken(String key, String value, String advice) {
    Settings settings = SettingsReader.read(key + "=" + value, properties, Map.of());
    assertThat(settings.complaints()).hasSize(1);
    assertThat(settings.complaints().get(0))
        .contains("\"" + value + "\"", "\"" + key + "\"", "agent argument", advice);
    assertThat(settings.count(Options.SAMPLE_RATE)).isEqualTo(128);
    assertThat(settings.flag(Options.ENABLED)).isTrue();
  }

  @Test
  void badArgumentLeavesTheWeakerSourceInForce() {
    properties.setProperty("poolwatch.sample.rate", "64");
    Settings settings = SettingsReader.read("sample.rate=x", properties, Map.of());
    assertThat(settings.count(Options.SAMPLE_RATE)).isEqualTo(64);
  }

  @Test
  void propertiesOfThePackagedLibrariesAreNoKeys() {
    properties.setProperty("poolwatch.logback.debug", "true");
    properties.setProperty("poolwatch.slf4j.provider", "x");
    assertThat(SettingsReader.read(null, properties, Map.of()).complaints()).isEmpty();
  }

  @Test
  void valuesCannotForgeLinesOfTheLog() {
    Settings settings = SettingsReader.read("sample.rate=1\n[x] y", properties, Map.of());
    assertThat(settings.complaints().get(0)).doesNotContain("\n").contains("1?[x] y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"500ms", "1s", "2m", "1h", "0s"})
  void timesHaveUnits(String time) {
    Settings settings = SettingsReader.read("summary.period=" + time, properties, Map.of());
    assertThat(settings.complaints()).isEmpty();
  }

  @Test
  void namesAreTakenInTheOrderOfTheirStrength() {
    properties.setProperty("poolwatch.name.com.example.A*", "weak");
    Settings settings =
        SettingsReader.read("name.com.example.A*=strong,name.*B=b", properties, Map.of());
    assertThat(settings.names())
        .containsExactly(Map.entry("com.example.A*", "strong"), Map.entry("*B", "b"));
    assertThat(settings.complaints()).isEmpty();
  }

  @Test
  void unusableFileIsOneLine(@TempDir Path folder) throws IOException {
    Path binary = folder.resolve("binary");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    Path escape = folder.resolve("escape");
    Files.write(escape, "pools.max=\\u00zz".getBytes(StandardCharsets.UTF_8));

    assertThat(complaint(folder.resolve("none"))).endsWith("there is no such file");
    assertThat(complaint(folder)).endsWith("it is not a plain file");
    assertThat(complaint(binary)).endsWith("it is not text in UTF-8");
    assertThat(complaint(escape)).contains("it is malformed");
  }

  private String complaint(Path file) {
    Settings settings = SettingsReader.read("config=" + file, properties, Map.of());
    assertThat(settings.complaints()).hasSize(1);
    assertThat(settings.complaints().get(0)).contains(file.toString());
    return settings.complaints().get(0);
  }
}
