package io.poolwatch.agent.gc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G1SurvivorsTest {
  private final G1Survivors survivors = new G1Survivors(1 << 20, 8);

  @ParameterizedTest
  @CsvSource({
    "16, 1, false",
    "16, 2, true",
    "17, 2, false",
    "17, 3, true",
    "64, 7, false",
    "64, 8, true",
    "5, 1, true",
  })
  void theyAreFullWhereTheyTakeAnEighthRoundedUp(long young, long after, boolean full) {
    assertThat(survivors.areFull(young, after)).isEqualTo(full);
  }
}
