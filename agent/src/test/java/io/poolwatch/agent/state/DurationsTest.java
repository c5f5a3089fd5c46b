package io.poolwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolIdentity;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationsTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final PoolIdentity POOL = new PoolIdentity("a", "test", null);

  private final Durations durations = new Durations(new Ledger((system, facts) -> null, 1));

  @Test
  void quantilesAreRightToThirteenPercentOverTenDecades() {
    Random random = new Random(7);
    for (int decade = 2; decade < 12; decade++) {
      DurationSketch sketch = new DurationSketch();
      long[] all = new long[1_000];
      for (int i = 0; i < all.length; i++) {
        all[i] = (long) (Math.pow(10, decade) * (1 + 9 * random.nextDouble()));
        sketch.add(all[i]);
      }
      Arrays.sort(all);
      for (double share : new double[] {0.5, 0.9, 0.99}) {
        double exact = all[(int) (share * all.length) - 1];
        assertThat((double) sketch.quantile(share)).isCloseTo(exact, within(exact * 0.13));
      }
      assertThat(sketch.longest()).isEqualTo(all[all.length - 1]);
    }
  }

  @Test
  void noTimeIsTooShortOrTooLong() {
    DurationSketch sketch = new DurationSketch();
    for (long nanos : new long[] {Long.MIN_VALUE, -1, 0, 1, 15, 16, 1L << 41, Long.MAX_VALUE}) {
      sketch.add(nanos);
    }
    assertThat(sketch.samples()).isEqualTo(8);
    assertThat(sketch.longest()).isEqualTo(Long.MAX_VALUE);
    assertThat(sketch.quantile(0)).isBetween(0L, 20L);
  }

  @Test
  void quantileOfNothingIsNone() {
    assertThat(new DurationSketch().quantile(0.5)).isZero();
    assertThat(durations.all(POOL, DurationSamples.BORROW)).isNull();
    durations.add(POOL, DurationSamples.LOAN, 5);
    assertThat(durations.all(POOL, DurationSamples.BORROW)).isNull();
    assertThat(durations.all(POOL, DurationSamples.LOAN)).isNotNull();
  }

  @Test
  void whatIsOlderThanTwoMinutesIsInAllAndNotInTheLatest() {
    long now = System.nanoTime();
    durations.add(POOL, DurationSamples.BORROW, 1_000);
    durations.tick(now += MINUTE);
    durations.add(POOL, DurationSamples.BORROW, 1_000);
    assertThat(durations.latest(POOL, DurationSamples.BORROW).samples()).isEqualTo(2);
    durations.tick(now += MINUTE);
    assertThat(durations.latest(POOL, DurationSamples.BORROW).samples()).isEqualTo(1);
    durations.tick(now += MINUTE);
    assertThat(durations.latest(POOL, DurationSamples.BORROW)).isNull();
    assertThat(durations.all(POOL, DurationSamples.BORROW).samples()).isEqualTo(2);
  }

  @Test
  void poolsBeyondTheBoundAreNotKept() {
    for (int i = 0; i < Durations.MOST_POOLS + 10; i++) {
      durations.add(new PoolIdentity("p" + i, "test", null), DurationSamples.LOAN, 1);
    }
    int last = Durations.MOST_POOLS - 1;
    assertThat(durations.all(new PoolIdentity("p" + last, "test", null), DurationSamples.LOAN))
        .isNotNull();
    assertThat(
            durations.all(new PoolIdentity("p" + (last + 1), "test", null), DurationSamples.LOAN))
        .isNull();
  }
}
