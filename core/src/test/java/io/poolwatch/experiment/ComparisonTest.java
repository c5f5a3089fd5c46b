package io.poolwatch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Planted effects are found with their sign and size, and none where there is none. */
class ComparisonTest {
  private static final long BORROWS = 100_000;
  private static final double POOLED_NANOS = 100;
  private static final int MOST_TURNS = 48 * Arm.turns(2);

  @Test
  void turnsAreAbba() {
    assertThat(turns(2)).isEqualTo("ABBAABBA");
    assertThat(turns(3)).isEqualTo("ABCCBAABCCBA");
  }

  private static String turns(int arms) {
    StringBuilder turns = new StringBuilder();
    for (int i = 0; i < 2 * Arm.turns(arms); i++) {
      turns.append("ABC".charAt(Arm.ofTurn(i, arms).ordinal()));
    }
    return turns.toString();
  }

  @Test
  void whatRisesEvenlyFallsOnBothArmsAlike() {
    Comparison comparison = new Comparison(2);
    for (int turn = 0; turn < 6 * Arm.turns(2); turn++) {
      comparison.add(turn(100 + turn, 0));
    }
    comparison.whole(0, 0, 1_000, 10);
    assertThat(comparison.estimate().difference()).isCloseTo(0, within(1e-9));
  }

  @Test
  void plantedEffectIsFoundWithItsSignAndItsSize() {
    Random random = new Random(1);
    int within = 0;
    int covered = 0;
    for (int i = 0; i < 200; i++) {
      double effect = (i % 2 == 0 ? 1 : -1) * (5 + i % 40);
      Comparison comparison = run(random, effect, 0.05);
      Estimate estimate = comparison.estimate();
      assertThat(comparison.isDearer()).as("effect %s", effect).isEqualTo(effect > 0);
      assertThat(comparison.isCheaper()).as("effect %s", effect).isEqualTo(effect < 0);
      within += Math.abs(estimate.difference() - effect) <= 0.2 * Math.abs(effect) ? 1 : 0;
      covered += estimate.least() <= effect && effect <= estimate.most() ? 1 : 0;
    }
    assertThat(within).isGreaterThanOrEqualTo(195);
    assertThat(covered).isGreaterThanOrEqualTo(195);
  }

  /** Stated: in one of twenty experiments at most. */
  @Test
  void whereThereIsNoEffectOneIsToldInOneOfTwentyExperimentsAtMost() {
    Random random = new Random(2);
    int told = 0;
    for (int i = 0; i < 2_000; i++) {
      Comparison comparison = run(random, 0, 0.1);
      told += comparison.isDearer() || comparison.isCheaper() ? 1 : 0;
    }
    assertThat(told).isBetween(1, 100);
  }

  @Test
  void collectorIsPaidByTheByte() {
    Comparison comparison = new Comparison(2);
    for (int turn = 0; turn < 6 * Arm.turns(2); turn++) {
      boolean pooled = Arm.ofTurn(turn, 2) == Arm.POOLED;
      comparison.add(turn(pooled ? 100 : 90, pooled ? 0 : 64));
    }
    comparison.whole(
        9_500_000_000L, 10_500_000_000L, 20_000_000_000L, 10_000); // half a nanosecond a byte
    Estimate estimate = comparison.estimate();
    assertThat(estimate.ofCollector()).isCloseTo(32, within(1e-6));
    assertThat(estimate.difference()).isCloseTo(22, within(1e-6));
    assertThat(estimate.isDearer()).isTrue();
  }

  @Test
  void withoutCollectionsMoreGarbageIsNeverCheaper() {
    Comparison comparison = new Comparison(2);
    for (int turn = 0; turn < 6 * Arm.turns(2); turn++) {
      boolean pooled = Arm.ofTurn(turn, 2) == Arm.POOLED;
      comparison.add(turn(pooled ? 100 : 50, pooled ? 0 : 64));
    }
    comparison.whole(0, 0, 1_000_000, 2);
    assertThat(comparison.look()).isFalse();
    assertThat(comparison.isCheaper()).isFalse();
    assertThat(comparison.estimate().most()).isInfinite();
  }

  @Test
  void whatTheCountingTakesIsTakenOffAndLeavesItsDoubt() {
    Comparison comparison = new Comparison(2);
    for (int turn = 0; turn < 6 * Arm.turns(2); turn++) {
      comparison.add(turn(Arm.ofTurn(turn, 2) == Arm.POOLED ? 100 : 103, 0));
    }
    comparison.whole(0, 0, 1_000, 10);
    comparison.own(2, 6);
    assertThat(comparison.estimate().difference()).isCloseTo(-1, within(1e-9));
    assertThat(comparison.estimate().least()).isCloseTo(-3, within(1e-9));
    assertThat(comparison.estimate().most()).isCloseTo(1, within(1e-9));
  }

  /** Both arms without the pool count, and one does it twice: what that takes is not the pool's. */
  @Test
  void whatCountingTwiceTakesMoreIsTakenOffAndDoubtedAsAWhole() {
    double[] nanos = {100, 93, 95.5};
    Comparison comparison = new Comparison(3);
    for (int turn = 0; turn < 6 * Arm.turns(3); turn++) {
      comparison.add(turn(nanos[Arm.ofTurn(turn, 3).ordinal()] + turn, 0));
    }
    comparison.whole(0, 0, 1_000, 10);
    Estimate estimate = comparison.estimate();
    assertThat(estimate.blocks()).isEqualTo(6);
    assertThat(estimate.ofCounting()).isCloseTo(2.5, within(1e-6));
    assertThat(estimate.difference()).isCloseTo(-9.5, within(1e-6));
    assertThat(estimate.least()).isCloseTo(-12, within(1e-6));
    assertThat(estimate.most()).isCloseTo(-7, within(1e-6));
  }

  @Test
  void bytesOfTheCountingAreTakenOff() {
    double[] bytes = {8, 112, 152};
    Comparison comparison = new Comparison(3);
    for (int turn = 0; turn < 6 * Arm.turns(3); turn++) {
      comparison.add(turn(100, bytes[Arm.ofTurn(turn, 3).ordinal()]));
    }
    comparison.whole(
        9_500_000_000L, 10_500_000_000L, 20_000_000_000L, 10_000); // half a nanosecond a byte
    Estimate estimate = comparison.estimate();
    assertThat(estimate.bytes()).isCloseTo(64, within(1e-6));
    assertThat(estimate.ofCollector()).isCloseTo(32, within(1e-6));
    assertThat(estimate.difference()).isCloseTo(32, within(1e-6));
  }

  /** What is counted in the pool's turns is not seen by counting twice in the others. */
  @Test
  void whatIsSaidOfTheCountingComesOnTopOfWhatIsSeen() {
    double[] nanos = {100, 93, 95.5};
    Comparison comparison = new Comparison(3);
    for (int turn = 0; turn < 6 * Arm.turns(3); turn++) {
      comparison.add(turn(nanos[Arm.ofTurn(turn, 3).ordinal()] + turn, 0));
    }
    comparison.own(-6, -2);
    comparison.whole(0, 0, 1_000, 10);
    Estimate estimate = comparison.estimate();
    assertThat(estimate.ofCounting()).isCloseTo(-1.5, within(1e-6));
    assertThat(estimate.difference()).isCloseTo(-5.5, within(1e-6));
    assertThat(estimate.least()).isCloseTo(-10, within(1e-6));
    assertThat(estimate.most()).isCloseTo(-1, within(1e-6));
  }

  /** Less only if counting takes as much as it seems to; as it was measured it is more. */
  @Test
  void noSignIsToldThatIsOfTheCountingAlone() {
    double[] nanos = {100, 101, 104};
    Comparison comparison = new Comparison(3);
    for (int turn = 0; turn < 48 * Arm.turns(3); turn++) {
      comparison.add(turn(nanos[Arm.ofTurn(turn, 3).ordinal()], 0));
      comparison.whole(0, 0, 1_000, 10);
      assertThat(comparison.look()).isFalse();
    }
    assertThat(comparison.estimate().difference()).isCloseTo(-2, within(1e-6));
    assertThat(comparison.isCheaper()).isFalse();
    assertThat(comparison.isOver()).isTrue();
  }

  @Test
  void idleBlocksCountForNothingButTheEnd() {
    Comparison comparison = new Comparison(2);
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      assertThat(comparison.isOver()).isFalse();
      comparison.add(new Turn(1, 1, 1, 1, 0, 0, 0));
    }
    assertThat(comparison.isOver()).isTrue();
    assertThat(comparison.estimate()).isNull();
    assertThat(comparison.idleBlocks()).isEqualTo(48);
  }

  /** An experiment with noise in each turn, and a load that wanders. */
  private static Comparison run(Random random, double effect, double noise) {
    Comparison comparison = new Comparison(2);
    double level = POOLED_NANOS;
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      level *= 1 + 0.01 * random.nextGaussian();
      double nanos = level * (1 + noise * random.nextGaussian());
      comparison.add(turn(nanos + (Arm.ofTurn(turn, 2) == Arm.UNPOOLED ? effect : 0), 0));
      comparison.whole(0, 0, 1_000, 10);
      if (comparison.look()) {
        break;
      }
    }
    return comparison;
  }

  private static Turn turn(double nanosPerBorrow, double bytesPerBorrow) {
    return new Turn(
        1_000_000_000L,
        BORROWS,
        Math.round(nanosPerBorrow * BORROWS),
        Math.round(bytesPerBorrow * BORROWS),
        0,
        0,
        0);
  }
}
