package io.poolwatch.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * False alarms and delays in pools as chance has them. The seeds are fixed. With {@code -Pmatrix}
 * ten times as many are tried; docs/detector.md has those figures.
 */
class CollapseSimulationTest {
  private static final boolean MANY = Boolean.getBoolean("matrix");
  private static final int POOLS = MANY ? 20 : 2;
  private static final int DAYS = 5;
  private static final int RUNS = MANY ? 1_000 : 100;

  /** A pool that nobody shall be woken for. */
  @SuppressWarnings("ImmutableEnumChecker") // functions of the tick alone
  private enum Good {
    BINOMIAL_2(rate(2_000), flat(0.02), 0, 0),
    BINOMIAL_30(rate(2_000), flat(0.3), 0, 0),
    FIVE_BORROWS_A_TICK(rate(5), flat(0.02), 0, 0),
    FIVE_BORROWS_A_TICK_30(rate(5), flat(0.3), 0, 0),
    LUMPY(rate(2_000), flat(0.02), 0.001, 0),
    VERY_LUMPY(rate(2_000), flat(0.02), 0.01, 0),
    VERY_LUMPY_30(rate(2_000), flat(0.3), 0.01, 0),
    BURSTS(rate(2_000), flat(0.02), 0.001, 1 / 30.0),
    BURSTS_VERY_LUMPY(rate(2_000), flat(0.02), 0.01, 1 / 30.0),
    RHYTHM_OF_15_POINTS(rate(2_000), rhythm(0.1, 0.15), 0.001, 0),
    RHYTHM_OF_15_POINTS_BURSTS(rate(2_000), rhythm(0.1, 0.15), 0.01, 1 / 30.0),
    IDLE_NIGHTS(nights(), flat(0.02), 0.001, 0),
    IDLE_NIGHTS_RHYTHM(nights(), rhythm(0.1, 0.15), 0.001, 1 / 30.0),
    COLD_EACH_MORNING(nights(), tick -> tick % 8_640 < 6 ? 1 : 0.02, 0.001, 0),
    RESTARTED_EACH_FOUR_HOURS(rate(2_000), tick -> tick % 1_440 < 5 ? 0.8 : 0.02, 0.001, 0);

    final IntToLongFunction traffic;
    final IntToDoubleFunction ratio;
    final double overdispersion;
    final double bursts;

    Good(
        IntToLongFunction traffic,
        IntToDoubleFunction ratio,
        double overdispersion,
        double bursts) {
      this.traffic = traffic;
      this.ratio = ratio;
      this.overdispersion = overdispersion;
      this.bursts = bursts;
    }
  }

  private static IntToLongFunction rate(long borrowsATick) {
    return tick -> borrowsATick;
  }

  private static IntToLongFunction nights() {
    return tick -> Math.max(3, (long) (2_000 * Math.sin(2 * Math.PI * tick / 8_640)));
  }

  private static IntToDoubleFunction flat(double ratio) {
    return tick -> ratio;
  }

  private static IntToDoubleFunction rhythm(double mean, double fromLowToHigh) {
    return tick -> mean + fromLowToHigh / 2 * Math.sin(2 * Math.PI * tick / 8_640);
  }

  @Test
  void falseAlarmsAreFewerThanOneInAHundredDaysOfAPool() {
    int alarms = 0;
    int days = 0;
    StringBuilder table = new StringBuilder();
    for (Good good : Good.values()) {
      int here = 0;
      for (int pool = 0; pool < POOLS; pool++) {
        here += alarms(good, pool * 7_919L + good.name().length());
      }
      alarms += here;
      days += POOLS * DAYS;
      table.append(String.format(Locale.ROOT, "%n%-28s %d in %d", good, here, POOLS * DAYS));
    }
    if (MANY) {
      System.out.println("false alarms, in so many days of a pool:" + table);
    }
    assertThat(alarms).as("%s", table).isLessThanOrEqualTo(days / 100);
  }

  private static int alarms(Good good, long seed) {
    CollapseDetector detector = new CollapseDetector();
    Simulated pool =
        new Simulated(seed, good.traffic, good.ratio, good.overdispersion, good.bursts);
    int alarms = 0;
    for (int tick = 0; tick < DAYS * Simulated.DAY; tick++) {
      if (good == Good.RESTARTED_EACH_FOUR_HOURS && tick % 1_440 == 0) {
        detector = new CollapseDetector();
      }
      long[] counts = pool.tick(tick);
      CollapseChange change = detector.tick(counts[0], counts[1]);
      if (change != null
          && (change.kind() == CollapseChange.Kind.FELL
              || change.kind() == CollapseChange.Kind.DECAYED)) {
        alarms++;
      }
    }
    return alarms;
  }

  @ParameterizedTest
  @CsvSource({
    "0.02, 0.20, 0.0,   9",
    "0.10, 0.20, 0.0,   9",
    "0.30, 0.20, 0.0,   9",
    "0.02, 0.20, 0.001, 9",
    "0.10, 0.20, 0.001, 9",
    "0.30, 0.20, 0.001, 9",
    "0.02, 0.20, 0.01,  9",
    "0.10, 0.20, 0.01,  9",
    "0.30, 0.20, 0.01,  9",
    "0.02, 0.05, 0.0,   60",
    "0.10, 0.05, 0.0,   60",
    "0.30, 0.05, 0.0,   60",
    "0.02, 0.05, 0.001, 60",
    "0.10, 0.05, 0.001, 60",
    "0.30, 0.05, 0.001, 60",
    "0.02, 0.05, 0.01,  60",
    "0.10, 0.05, 0.01,  60"
  })
  void fallIsFoundInTime(double from, double fall, double overdispersion, int ticks) {
    int[] delays = new int[RUNS];
    for (int run = 0; run < RUNS; run++) {
      delays[run] = delay(run, from, fall, overdispersion);
    }
    Arrays.sort(delays);
    if (MANY) {
      System.out.printf(
          Locale.ROOT,
          "from %.0f %% misses by %.0f points, overdispersion %.3f: median %d, 99th percentile %d ticks%n",
          100 * from,
          100 * fall,
          overdispersion,
          delays[RUNS / 2],
          delays[RUNS * 99 / 100 - 1]);
    }
    assertThat(delays[RUNS * 99 / 100 - 1]).isLessThanOrEqualTo(ticks);
  }

  /** From the fall to the alarm, at a hundred borrows a second, in ticks of ten seconds. */
  private static int delay(int run, double from, double fall, double overdispersion) {
    int at = 1_000 + run % 7;
    CollapseDetector detector = new CollapseDetector();
    Simulated pool =
        new Simulated(
            run * 31L + 5, rate(1_000), tick -> tick < at ? from : from + fall, overdispersion, 0);
    for (int tick = 0; tick < at + 400; tick++) {
      long[] counts = pool.tick(tick);
      CollapseChange change = detector.tick(counts[0], counts[1]);
      if (change != null && tick >= at && change.kind() == CollapseChange.Kind.FELL) {
        return tick - at + 1;
      }
    }
    return 999;
  }
}
