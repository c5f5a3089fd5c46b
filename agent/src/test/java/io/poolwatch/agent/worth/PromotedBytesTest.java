package io.poolwatch.agent.worth;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PromotedBytesTest {
  private final PromotedBytes promoted = new PromotedBytes("Old");

  @Test
  void growthOfEachCollectionIsAdded() {
    promoted.grew(1_000, 1_500);
    promoted.grew(1_200, 1_300);

    assertThat(promoted.sum()).isEqualTo(600);
    assertThat(promoted.isLess()).isFalse();
  }

  @Test
  void collectionThatFreesSomeOfTheOldGenerationHidesWhatItPromoted() {
    promoted.grew(1_000, 1_500);
    promoted.grew(1_500, 900);

    assertThat(promoted.sum()).isEqualTo(500);
    assertThat(promoted.isLess()).isTrue();
  }

  /** The JVM that runs the tests has one of the collectors that tell. */
  @Test
  void collectorIsHeard() throws InterruptedException {
    PromotedBytes heard = null;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      heard = heard == null ? PromotedBytes.follow(bean) : heard;
    }
    byte[][] kept = new byte[400][];
    for (int round = 0; round < 200 && heard.sum() == 0; round++) {
      for (int i = 0; i < kept.length; i++) {
        kept[i] = round < 10 || i % 2 == 0 ? new byte[20_000] : kept[i];
      }
      Thread.sleep(5);
    }

    assertThat(heard.sum()).isPositive();
  }
}
