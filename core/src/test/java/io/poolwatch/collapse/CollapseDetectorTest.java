package io.poolwatch.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.collapse.CollapseChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CollapseDetectorTest {
  private final CollapseDetector detector = new CollapseDetector();
  private final List<CollapseChange> told = new ArrayList<>();

  /** So many ticks of a thousand borrows, of which the given per mille miss. */
  private void run(int ticks, int missesAThousand) {
    for (int i = 0; i < ticks; i++) {
      CollapseChange change = detector.tick(1_000, missesAThousand);
      if (change != null) {
        told.add(change);
      }
    }
  }

  private List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    told.forEach(change -> kinds.add(change.kind()));
    return kinds;
  }

  @Test
  void fallIsSuspectFirstThenCollapsedAndOkAgainOnceItIsAsBefore() {
    run(200, 20);
    assertThat(detector.state()).isEqualTo(CollapseState.OK);
    assertThat(detector.score()).isZero();
    run(3, 400);
    assertThat(detector.state()).isEqualTo(CollapseState.SUSPECT);
    assertThat(detector.score()).isBetween(0.3, 0.9);
    run(4, 400);
    assertThat(detector.state()).isEqualTo(CollapseState.COLLAPSED);
    assertThat(detector.score()).isGreaterThanOrEqualTo(1);
    assertThat(kinds()).containsExactly(Kind.FELL);
    CollapseChange fell = told.get(0);
    assertThat(fell.before()).isBetween(0.019, 0.025);
    assertThat(fell.now()).isBetween(0.39, 0.41);
    assertThat(fell.ticks()).isEqualTo(6);

    run(100, 400);
    assertThat(kinds()).containsExactly(Kind.FELL);
    run(10, 20);
    assertThat(kinds()).containsExactly(Kind.FELL, Kind.RECOVERED);
    assertThat(detector.state()).isEqualTo(CollapseState.OK);
    assertThat(detector.usual()).as("not learned from the collapse").isBetween(0.019, 0.03);
  }

  @Test
  void collapseThatGetsHalfBetterIsStillOne() {
    run(200, 20);
    run(50, 600);
    run(100, 300);
    assertThat(kinds()).containsExactly(Kind.FELL);
    assertThat(detector.state()).isEqualTo(CollapseState.COLLAPSED);
    run(20, 25);
    assertThat(kinds()).containsExactly(Kind.FELL, Kind.RECOVERED);
  }

  @Test
  void burstOfFiveTicksIsNoCollapseAndIsForgottenAtOnce() {
    run(200, 20);
    for (int i = 0; i < 50; i++) {
      run(5, 500);
      run(10, 20);
    }
    assertThat(told).isEmpty();
    assertThat(detector.state()).isEqualTo(CollapseState.OK);
  }

  @Test
  void fewMissesAreNoCollapseHoweverMuchMoreTheyAreThanBefore() {
    run(200, 2);
    run(500, 20);
    assertThat(told).isEmpty();
  }

  @Test
  void coldStartIsNoCollapseAndNotWhatIsUsual() {
    run(5, 1_000);
    run(10, 500);
    run(60, 20);
    assertThat(told).isEmpty();
    assertThat(detector.usual()).isBetween(0.01, 0.05);
    run(10, 400);
    assertThat(kinds()).containsExactly(Kind.FELL);
  }

  @Test
  void poolThatMissesByDesignHasNothingToLose() {
    run(300, 880);
    run(300, 1_000);
    assertThat(told).isEmpty();
  }

  @Test
  void poolThatBecomesBetterIsMeasuredByThat() {
    run(300, 400);
    run(40, 50);
    run(8, 250);
    assertThat(kinds()).containsExactly(Kind.FELL);
    assertThat(told.get(0).before()).isBetween(0.04, 0.06);
  }

  @Test
  void collapseOfADayIsUsualFromThenOn() {
    run(300, 20);
    run(8_800, 300);
    assertThat(kinds()).containsExactly(Kind.FELL, Kind.ACCEPTED);
    assertThat(detector.state()).isEqualTo(CollapseState.OK);
    assertThat(detector.usual()).isBetween(0.29, 0.31);
    run(8, 700);
    assertThat(kinds()).containsExactly(Kind.FELL, Kind.ACCEPTED, Kind.FELL);
  }

  @Test
  void ticksWithFewBorrowsArePutTogether() {
    for (int i = 0; i < 8_000; i++) {
      assertThat(detector.tick(20, i % 2 == 0 ? 1 : 0)).isNull();
    }
    int ticks = 0;
    CollapseChange change = null;
    while (change == null && ticks < 100) {
      change = detector.tick(20, 12);
      ticks++;
    }
    assertThat(Objects.requireNonNull(change).kind()).isEqualTo(Kind.FELL);
    assertThat(ticks).isBetween(30, 60);
  }

  @Test
  void ticksWithoutBorrowsSayNothing() {
    run(300, 20);
    for (int i = 0; i < 20_000; i++) {
      assertThat(detector.tick(0, 0)).isNull();
    }
    assertThat(detector.state()).isEqualTo(CollapseState.OK);
    run(8, 400);
    assertThat(kinds()).containsExactly(Kind.FELL);
  }

  @Test
  void decayByAPointAnHourIsFoundWithinADayAndIsOverWhenItIsUndone() {
    run(360 * 3, 20);
    for (int hour = 0; hour < 24; hour++) {
      for (int i = 0; i < 360; i++) {
        run(1, 20 + hour * 10 + i / 36);
      }
    }
    assertThat(kinds()).containsExactly(Kind.DECAYED);
    assertThat(told.get(0).before()).isBetween(0.01, 0.03);
    assertThat(told.get(0).now()).isBetween(0.2, 0.27);
    run(360 * 2, 20);
    assertThat(kinds()).containsExactly(Kind.DECAYED, Kind.RECOVERED);
  }

  @Test
  void rhythmOfThirtyPointsThatRepeatsIsNoDecayFromTheThirdDayOn() {
    for (int day = 0; day < 6; day++) {
      if (day == 2) {
        told.clear();
      }
      for (int tick = 0; tick < 8_640; tick++) {
        run(1, (int) (300 - 150 * Math.cos(2 * Math.PI * tick / 8_640)));
      }
    }
    assertThat(told).isEmpty();
  }
}
