package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.collapse.FallRig;
import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.Pooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collapse of a Recycler is said to come from, in a release of each generation. */
class RecyclerFallsTest {
  private static final int CALLS = 200;

  private final FallRig rig = FallRig.create();

  /** So many at a time until there were two hundred. */
  private static void bursts(Netty.Pool pool, int atATime) {
    for (int calls = 0; calls < CALLS; calls += atATime) {
      List<Pooled> lent = new ArrayList<>();
      for (int i = 0; i < atATime; i++) {
        lent.add((Pooled) pool.get());
      }
      for (Pooled object : lent) {
        pool.recycle(object, object.handle);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.119", "4.2.20"})
  void moreAtATimeThanAThreadMayKeepIsCapacity(String version) throws Throwable {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(16, 1);
    netty.onFastThread(
        () -> {
          rig.usually(() -> bursts(pool, 2));
          assertThat(rig.fallsFor(() -> bursts(pool, 100))).isEqualTo("capacity");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.119", "4.2.20"})
  void threadsThatEndAreOwnerGone(String version) throws Throwable {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(256, 1);
    netty.onFastThread(() -> rig.usually(() -> bursts(pool, 20)));
    assertThat(rig.fallsFor(() -> netty.onFastThread(() -> bursts(pool, 20))))
        .isEqualTo("owner_gone");
  }

  @Test
  void threadsThatDoNotCleanUpTheirLocalsAreDisabled() throws Throwable {
    Netty netty = Netty.of("4.2.20");
    Netty.Pool pool = netty.recyclerOf(256, 1);
    netty.onFastThread(() -> rig.usually(() -> bursts(pool, 20)));
    assertThat(
            rig.fallsFor(
                () -> {
                  Thread thread = netty.fastThreadWithoutCleanUp(() -> bursts(pool, 20));
                  thread.start();
                  thread.join();
                }))
        .isEqualTo("disabled");
  }
}
