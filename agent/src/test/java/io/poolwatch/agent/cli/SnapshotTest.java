package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
  private static Snapshot parse(String text) throws Refusal {
    return Snapshot.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void stateOfAnotherVersionIsRefusedAndTheVersionNamed() {
    String other = States.at(1).text().replace("\"schema\":1", "\"schema\":99");
    assertThatThrownBy(() -> parse(other)).hasMessageContaining("1.2.3");
  }

  @Test
  void brokenStateIsRefused() {
    for (String each : new String[] {"", "[]", "{", "null", "{\"schema\":1,\"pools\":[1]}"}) {
      assertThatThrownBy(() -> parse(each)).as(each).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void scriptsGetFiguresOfTheIntervalAndSinceTheStart() throws Refusal, IOException {
    Period period =
        new Period(
            States.at(10).pool("orders", 100, 10, "").read(),
            States.at(12).pool("orders", 103, 11, "'violations':{'leak':2}").read());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TopJson.write(period, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    JsonObject json =
        JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8)).getAsJsonObject();
    assertThat(json.get("seconds").getAsDouble()).isEqualTo(2);
    JsonObject pool = json.getAsJsonArray("pools").get(0).getAsJsonObject();
    assertThat(pool.get("borrows_per_second").getAsDouble()).isEqualTo(2);
    assertThat(pool.get("hit_percent").getAsDouble()).isEqualTo(75);
    assertThat(pool.get("main_cause").getAsString()).isEqualTo("capacity");
    assertThat(pool.getAsJsonObject("violations").get("leak").getAsLong()).isEqualTo(2);
    assertThat(pool.getAsJsonObject("since_start").get("borrows").getAsLong()).isEqualTo(114);
    assertThat(pool.has("limit")).isFalse();
    assertThat(pool.has("tenured")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "9999,9999",
    "9999.6,10k",
    "12345,12k",
    "999999,1.0M",
    "1e6,1.0M",
    "1e12,1.0T",
    "NaN,-"
  })
  void countsTakeFiveColumns(double value, String text) {
    assertThat(Figures.count(value)).isEqualTo(text).hasSizeLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"100,100", "99.999,99.9", "0,0.0", "62.96,62.9", "NaN,-"})
  void hundredPercentIsNoMissAtAll(double value, String text) {
    assertThat(Figures.percent(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0ns",
    "4.3e-7,430ns",
    "1.5e-6,1.5us",
    "0.0012,1.2ms",
    "0.9999,1.0s",
    "59,59s",
    "600,10m"
  })
  void timesHaveTheirUnit(double value, String text) {
    assertThat(Figures.seconds(value)).isEqualTo(text);
  }
}
