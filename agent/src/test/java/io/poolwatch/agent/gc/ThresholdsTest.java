package io.poolwatch.agent.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ThresholdsTest {

  @Test
  void onG1AReadingIsOfTheLastCollection() {
    Thresholds thresholds = new Thresholds(false);
    thresholds.read(3, 7);
    assertThat(thresholds.isRead(3)).isTrue();
    assertThat(thresholds.isRead(4)).isFalse();
    assertThat(thresholds.highestAt(3)).isEqualTo(7);
  }

  @Test
  void onParallelAndSerialItIsOfTheNext() {
    Thresholds thresholds = new Thresholds(true);
    thresholds.read(3, 7);
    assertThat(thresholds.isRead(3)).isFalse();
    assertThat(thresholds.isRead(4)).isTrue();
    assertThat(thresholds.highestAt(4)).isEqualTo(7);
  }

  @Test
  void anUnreadOneIsTakenForTheLargerOfItsNeighbours() {
    Thresholds thresholds = new Thresholds(false);
    thresholds.read(1, 5);
    thresholds.read(4, 9);
    thresholds.read(8, 2);
    assertThat(thresholds.highestAt(2)).isEqualTo(9);
    assertThat(thresholds.highestAt(6)).isEqualTo(9);
    assertThat(thresholds.highestAt(9)).isEqualTo(2);
    assertThat(thresholds.highestAt(0)).isEqualTo(5);
  }

  @Test
  void withoutAReadingThereIsNoAnswer() {
    assertThatThrownBy(() -> new Thresholds(true).highestAt(1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void oldReadingsAreForgotten() {
    Thresholds thresholds = new Thresholds(false);
    for (int i = 0; i < 1_000; i++) {
      thresholds.read(i, 1);
    }
    assertThat(thresholds.isRead(900)).isFalse();
    assertThat(thresholds.isRead(999)).isTrue();
  }
}
