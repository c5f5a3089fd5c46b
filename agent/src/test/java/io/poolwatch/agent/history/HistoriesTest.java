package io.poolwatch.agent.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.poolwatch.agent.state.Durations;
import io.poolwatch.agent.state.PoolStates;
import io.poolwatch.book.Books;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoriesTest {
  private static final long SECOND = 1_000_000_000L;

  private final long start = System.nanoTime();
  private final List<Object> kept = new ArrayList<>();
  private final List<Share> shares = new ArrayList<>();
  private final Ledger ledger = new Ledger((system, facts) -> facts.poolClass(), 20_000);
  private final PoolStates states =
      new PoolStates(ledger, new Durations(ledger), pool -> null, pool -> null);
  private final Histories histories = new Histories(states, start);

  HistoriesTest() {
    new Ledger((system, facts) -> null, 1).snapshot();
  }

  @AfterEach
  void poolsLiveUntilHere() {
    Reference.reachabilityFence(kept);
  }

  private Share pool(String name) {
    ShareBook book = new ShareBook(PoolSystem.named("remembered").build(), new PoolFacts(name));
    Object pool = new Object();
    Object local = new Object();
    kept.add(pool);
    kept.add(local);
    Share share = book.open(local, true);
    shares.add(share);
    Books.register(pool, book);
    return share;
  }

  private static PoolIdentity named(String name) {
    return new PoolIdentity(name, "remembered", null);
  }

  private void look(double second) {
    histories.add(states.now(), start + (long) (second * SECOND));
  }

  private static void borrow(Share share, int hits, int misses) {
    for (int i = 0; i < hits; i++) {
      share.hit();
    }
    for (int i = 0; i < misses; i++) {
      share.miss();
    }
  }

  private static double sum(Curve curve, Series series) {
    double sum = 0;
    for (int i = 0; i < curve.size(); i++) {
      sum += curve.value(series, i);
    }
    return sum;
  }

  private double misses(Curve curve) {
    double sum = 0;
    for (MissCause cause : MissCause.values()) {
      sum += sum(curve, Series.of(cause));
    }
    return sum;
  }

  @Test
  void whatIsCountedIsInTheSlotsOfItsTimeAndNothingIsLost() {
    Share share = pool("a");
    look(0);
    for (int second = 2; second <= 40; second += 2) {
      borrow(share, second <= 20 ? 10 : 0, second <= 20 ? 0 : 5);
      look(second);
    }
    Curve curve = histories.whole(named("a"));
    assertThat(curve.stepSeconds()).isEqualTo(2);
    assertThat(sum(curve, Series.BORROWS)).isEqualTo(150);
    assertThat(misses(curve)).isEqualTo(50);
    assertThat(curve.rate(Series.BORROWS, 3)).isEqualTo(5);
    assertThat(curve.rate(Series.BORROWS, 15)).isEqualTo(2.5);
    assertThat(curve.value(Series.OTHER, 3) + curve.value(Series.COLD, 3)).isZero();
  }

  @Test
  void olderThingsAreTheSameInCoarserSlots() {
    Share share = pool("a");
    look(0);
    double[] lives = {100, 800, 7_000, 80_000, 600_000};
    int[] steps = {2, 10, 60, 600, 7_200};
    double second = 0;
    long borrows = 0;
    for (int i = 0; i < lives.length; i++) {
      while (second < lives[i]) {
        second += i < 2 ? 2 : 50 * i;
        borrow(share, 3, 1);
        borrows += 4;
        look(second);
      }
      Curve curve = histories.whole(named("a"));
      assertThat(curve.stepSeconds()).isEqualTo(steps[i]);
      assertThat(sum(curve, Series.BORROWS)).isCloseTo(borrows, within(borrows * 1e-4));
    }
    assertThat(histories.latest(named("a")).stepSeconds()).isEqualTo(10);
    assertThat(histories.latest(named("a")).size()).isEqualTo(90);
  }

  @Test
  void missedTicksAreAsIfTheyHadBeenEven() {
    Share share = pool("a");
    look(0);
    look(2);
    borrow(share, 100, 0);
    look(22);
    Curve curve = histories.whole(named("a"));
    for (int i = 1; i < 11; i++) {
      assertThat(curve.isGap(i)).isFalse();
      assertThat(curve.rate(Series.BORROWS, i)).isCloseTo(5, within(1e-3));
    }
    assertThat(sum(curve, Series.BORROWS)).isCloseTo(100, within(1e-3));
  }

  @Test
  void timeThatGoesBackTakesNothingAwayAndMakesNothingUp() {
    Share share = pool("a");
    look(0);
    borrow(share, 10, 0);
    look(10);
    borrow(share, 7, 0);
    look(4);
    borrow(share, 5, 0);
    look(12);
    Curve curve = histories.whole(named("a"));
    assertThat(sum(curve, Series.BORROWS)).isCloseTo(22, within(1e-3));
    for (int i = 0; i < curve.size(); i++) {
      assertThat(curve.rate(Series.BORROWS, i))
          .isNotNegative()
          .satisfies(
              rate -> {
                assertThat(Double.isInfinite(rate)).isFalse();
              });
    }
  }

  @Test
  void aYearWithoutATickIsNoLongerThanAWeek() {
    Share share = pool("a");
    look(0);
    borrow(share, 10, 0);
    look(365.0 * 86_400);
    assertThat(histories.whole(named("a")).size()).isEqualTo(84);
  }

  @Test
  void poolThatCameAndWentBetweenTwoTicksIsRemembered() {
    look(0);
    borrow(pool("brief"), 3, 2);
    // Its figures stay with the ledger when it is gone; what it did lies between the two looks.
    look(2);
    look(4);
    Curve curve = histories.whole(named("brief"));
    assertThat(sum(curve, Series.BORROWS)).isCloseTo(5, within(1e-3));
    assertThat(misses(curve)).isCloseTo(2, within(1e-3));
  }

  @Test
  void whatWasBeforeTheFirstLookIsInNoSlot() {
    borrow(pool("a"), 1_000_000, 0);
    look(0);
    look(2);
    assertThat(sum(histories.whole(named("a")), Series.BORROWS)).isZero();
  }

  @Test
  void levelsAreTheHighestThatWasSeen() {
    Share share = pool("a");
    look(0);
    for (int i = 0; i < 5; i++) {
      share.miss();
    }
    look(2.5);
    look(3);
    assertThat(histories.mostSeen(named("a"))).isEqualTo(5);
    assertThat(histories.whole(named("a")).has(Series.USED)).isTrue();
  }

  @Test
  void coarserCurvesKeepSumsAndTheHighestLevel() {
    Share share = pool("a");
    look(0);
    for (int second = 2; second <= 60; second += 2) {
      borrow(share, second, 0);
      look(second);
    }
    Curve fine = histories.whole(named("a"));
    Curve coarse = fine.coarser(7);
    assertThat(coarse.stepSeconds()).isEqualTo(14);
    assertThat(coarse.size()).isEqualTo((fine.size() + 6) / 7);
    assertThat(sum(coarse, Series.BORROWS)).isCloseTo(sum(fine, Series.BORROWS), within(1e-6));
    assertThat(coarse.missingSeconds() - fine.missingSeconds())
        .isEqualTo(coarse.size() * 14L - fine.size() * 2L);
  }

  @Test
  void memoryIsBoundedAndTheBusyTakeThePlaceOfTheIdle() {
    for (int i = 0; i < Histories.MOST_POOLS; i++) {
      pool("p" + i);
    }
    look(0);
    Share late = pool("late");
    look(2);
    assertThat(histories.unremembered()).isEqualTo(1);
    assertThat(histories.whole(named("late"))).isNull();
    borrow(late, 2_000, 0);
    look(4);
    look(6);
    borrow(late, 6, 0);
    look(8);
    assertThat(sum(histories.whole(named("late")), Series.BORROWS)).isCloseTo(6, within(1e-3));
    assertThat(histories.unremembered()).isEqualTo(1);
  }

  /** Counted as arrays of floats, 528 for each series that is not 0, and no more of them. */
  @Test
  void poolTakesAtMostFiftyThreeKilobytes() {
    double[] all = new double[Series.values().length];
    Rings rings = new Rings(0);
    for (int tick = 1; tick < 10; tick++) {
      java.util.Arrays.fill(all, tick);
      for (Step step : Step.values()) {
        rings.add(step, tick, all, 1);
      }
      rings.close(all, 8);
    }
    assertThat(Step.SLOTS).isEqualTo(528);
    assertThat(rings.bytes()).isEqualTo(4L * 528 * Series.values().length).isLessThan(53_000);

    Share share = pool("plain");
    look(0);
    borrow(share, 10, 1);
    look(2);
    assertThat(histories.bytes()).isLessThan(5 * 4 * 528 + 1);
  }

  @Test
  void levelThatBecomesKnownLateWasUnknownBeforeAndNotZero() {
    Rings rings = new Rings(0);
    double[] values = new double[Series.values().length];
    double[] looks = {Double.NaN, 0, 3};
    for (int slot = 0; slot < looks.length; slot++) {
      values[Series.TENURED_IDLE.ordinal()] = looks[slot];
      values[Series.IDLE.ordinal()] = slot;
      rings.add(Step.TWO_SECONDS, slot, values, 1);
      rings.close(values, Double.NaN);
    }
    assertThat(rings.value(Series.TENURED_IDLE, Step.TWO_SECONDS, 0)).isNaN();
    assertThat(rings.value(Series.TENURED_IDLE, Step.TWO_SECONDS, 1)).isZero();
    assertThat(rings.value(Series.TENURED_IDLE, Step.TWO_SECONDS, 2)).isEqualTo(3);
    assertThat(rings.value(Series.IDLE, Step.TWO_SECONDS, 0)).as("it was known").isZero();
  }

  @Test
  void eachCauseHasItsSeries() {
    for (MissCause cause : MissCause.values()) {
      assertThat(Series.of(cause).isCount()).isTrue();
    }
  }
}
