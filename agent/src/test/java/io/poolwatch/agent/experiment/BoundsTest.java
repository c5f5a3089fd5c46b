package io.poolwatch.agent.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.worth.Heap;
import io.poolwatch.experiment.Turn;
import org.junit.jupiter.api.Test;

/** An experiment that does harm is told from one that does not. */
class BoundsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Bounds BOUNDS = new Bounds(4, 1_000_000_000L);

  @Test
  void whatIsAsWithThePoolBreaksNoBound() {
    Turn turn = turn(2 * SECOND, 5_000_000_000L, SECOND / 2);
    assertThat(BOUNDS.brokenBy(turn, turn)).isNull();
  }

  @Test
  void collectionsThatTakeAFifthOfTheTimeBreakOne() {
    assertThat(BOUNDS.brokenBy(turn(SECOND, 0, 0), turn(SECOND, 0, SECOND / 5))).isNull();
    assertThat(BOUNDS.brokenBy(turn(SECOND, 0, SECOND / 20), turn(SECOND, 0, SECOND / 4)))
        .isEqualTo("young collections take 25 % of the time, with the pool 5 %");
  }

  @Test
  void allocationOfTwiceTheHeapInASecondBreaksOne() {
    assertThat(BOUNDS.brokenBy(turn(SECOND, 0, 0), turn(SECOND, 1_900_000_000L, 0))).isNull();
    assertThat(BOUNDS.brokenBy(turn(SECOND, 0, 0), turn(SECOND, 2_100_000_000L, 0)))
        .contains("2.1 GB are allocated in a second");
  }

  @Test
  void halfOfTheProcessorsMoreBreakOne() {
    assertThat(BOUNDS.brokenBy(turn(SECOND, 0, 0), turn(3 * SECOND, 0, 0))).isNull();
    assertThat(BOUNDS.brokenBy(turn(SECOND, 0, 0), turn(3 * SECOND + SECOND / 2, 0, 0)))
        .isEqualTo("3.5 of 4 processors are busy, with the pool 1.0");
  }

  @Test
  void oldGenerationThatIsNearlyFullBreaksOne() {
    assertThat(BOUNDS.brokenBy(old(90))).isNull();
    assertThat(BOUNDS.brokenBy(old(91))).isEqualTo("the old generation is 91 % full");
  }

  private static JvmReading old(long used) {
    return new JvmReading(0, new Heap().read(0), 0, 0, 0, 0, used, 100);
  }

  private static Turn turn(long cpu, long bytes, long pauses) {
    return new Turn(SECOND, 1_000, cpu, bytes, 1, pauses, 0);
  }
}
