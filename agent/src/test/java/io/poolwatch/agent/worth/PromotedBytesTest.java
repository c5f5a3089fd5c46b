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
  void collectorIsHeard() {
    PromotedBytes heard = null;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      heard = heard == null ? PromotedBytes.follow(bean) : heard;
    }
    byte[][] kept = new byte[4_000][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new byte[10_000];
    }
    // What is kept grows old, or has no room among the survivors.
    long end = System.nanoTime() + 20_000_000_000L;
    for (int i = 0; heard.sum() == 0 && System.nanoTime() - end < 0; i++) {
      kept[i % 100] = new byte[10_000];
    }

    assertThat(heard.sum()).isPositive();
  }
}
