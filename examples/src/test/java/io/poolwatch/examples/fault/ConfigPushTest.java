package io.poolwatch.examples.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigPushTest {
  @Test
  void eachNodeGetsEachPushInItsOrder() {
    for (int node = 0; node < ConfigPush.NODES; node++) {
      long last = ConfigPush.pushAt(node, 0);
      for (long millis = 1; millis < 60_000; millis++) {
        long push = ConfigPush.pushAt(node, millis);
        assertThat(push).isBetween(last, last + 1);
        last = push;
      }
      assertThat(last).isGreaterThanOrEqualTo(60_000 / ConfigPush.PERIOD_MILLIS - 1);
    }
  }

  @Test
  void nodesGetAPushUpToATwentiethOfASecondApartAndNinetySevenMillisecondsLateOnAverage() {
    long sum = 0;
    int pushes = 1_000;
    int apart = 0;
    for (long push = 0; push < pushes; push++) {
      int least = Integer.MAX_VALUE;
      int most = 0;
      for (int node = 0; node < ConfigPush.NODES; node++) {
        int delay = ConfigPush.delayMillis(push, node);
        sum += delay;
        least = Math.min(least, delay);
        most = Math.max(most, delay);
      }
      apart = Math.max(apart, most - least);
      assertThat(most).isLessThanOrEqualTo(120);
    }
    assertThat((double) sum / pushes / ConfigPush.NODES).isBetween(96.0, 98.0);
    assertThat(apart).isEqualTo(46);
  }

  @Test
  void twoParametersAreInUseForPartOfTheTime() {
    int mixed = 0;
    int moments = 0;
    for (long millis = 1_000; millis < 4_000; millis++) {
      Set<Long> pushes = new HashSet<>();
      for (int node = 0; node < ConfigPush.NODES; node++) {
        pushes.add(ConfigPush.pushAt(node, millis));
      }
      moments++;
      mixed += pushes.size() > 1 ? 1 : 0;
      assertThat(pushes.size()).isLessThanOrEqualTo(2);
    }
    assertThat((double) mixed / moments).isBetween(0.1, 0.4);
  }
}
