package io.poolwatch.worth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
  private final Usage usage = new Usage();

  /** Windows in which a service starts. */
  private void start(int most) {
    for (int i = 0; i < 5; i++) {
      usage.look(most);
      usage.close(0, most);
    }
  }

  @Test
  void windowsInWhichTheServiceStartsAreLeftOut() {
    start(20_000);
    usage.look(29);
    usage.close(1, 31);

    assertThat(usage.windows()).isEqualTo(1);
    assertThat(usage.mostSeen()).isEqualTo(29);
    assertThat(usage.mostPossible()).isEqualTo(31);
  }

  @Test
  void boundIsNeverBelowWhatWasSeen() {
    start(0);
    usage.look(7);
    usage.close(1, 3);

    assertThat(usage.mostPossible()).isEqualTo(7);
  }

  @Test
  void windowLongAgoIsForgotten() {
    start(0);
    usage.look(500);
    usage.close(1, 500);
    for (int i = 0; i < 60; i++) {
      usage.look(3);
      usage.close(2 + i, 4);
    }

    assertThat(usage.mostSeen()).isEqualTo(3);
    assertThat(usage.mostPossible()).isEqualTo(4);
  }

  @Test
  void windowBeginsAtTheFirstQuestion() {
    assertThat(usage.isOver(1_000, 60)).isFalse();
    assertThat(usage.isOver(1_059, 60)).isFalse();
    assertThat(usage.isOver(1_060, 60)).isTrue();
  }
}
