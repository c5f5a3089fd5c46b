package io.poolwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {
  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "orders, orders, true",
    "orders, order, false",
    "order?, orders, true",
    "order?, order, false",
    "com.example.*, com.example.a.B, true",
    "com.example.*, com_example.B, false",
    "*Pool*Two, MyPoolPoolTwo, true",
    "*Pool*Two, MyPoolTwoX, false",
    "a**b, ab, true",
  })
  void starIsAnyTextAndQuestionMarkOneCharacter(String pattern, String name, boolean fits) {
    assertThat(Patterns.parse(pattern).match(name)).isEqualTo(fits);
  }

  @Test
  void severalAreSeparatedBySemicolonsOrCommas() {
    Patterns patterns = Patterns.parse(" a ; b* ,, c");
    assertThat(patterns.match("a")).isTrue();
    assertThat(patterns.match("bbb")).isTrue();
    assertThat(patterns.match("c")).isTrue();
    assertThat(patterns.match("")).isFalse();
  }

  @Test
  void manyStarsTakeNoExponentialTime() {
    String stars = "*a".repeat(40) + "b";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(Patterns.parse(stars).match("a".repeat(2_000))).isFalse());
  }
}
