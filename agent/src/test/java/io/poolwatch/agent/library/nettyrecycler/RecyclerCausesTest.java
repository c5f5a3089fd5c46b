package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.Pooled;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why gets miss, in scripts, in every generation of the Recycler. */
class RecyclerCausesTest {
  static List<String> versions() {
    return Netty.VERSIONS;
  }

  /** Pools that other tests made last, and nobody asked for since, would be taken for ours. */
  @BeforeEach
  void forgetOthers() {
    new Ledger((system, facts) -> null, 1).snapshot();
  }

  private static List<Pooled> get(Netty.Pool pool, int objects) {
    List<Pooled> lent = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      lent.add((Pooled) pool.get());
    }
    return lent;
  }

  private static void recycle(Netty.Pool pool, List<Pooled> lent) {
    for (Pooled object : lent) {
      pool.recycle(object, object.handle);
    }
  }

  /** The causes; their sum is exact. */
  private static Tally causes(Netty netty) {
    Tally tally = netty.tally(Pooled.class);
    long sum = 0;
    for (MissCause cause : MissCause.values()) {
      sum += tally.misses(cause);
    }
    assertThat(sum).isEqualTo(tally.borrows(BorrowOutcome.MISS));
    return tally;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void moreInUseThanEverIsCold(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(256, 1);
    netty.onFastThread(
        () -> {
          recycle(pool, get(pool, 5));
          List<Pooled> lent = get(pool, 8);
          Tally tally = causes(netty);
          long admitted = lent.stream().filter(object -> !netty.isNoop(object.handle)).count();
          if (admitted == 8) {
            assertThat(tally.misses(MissCause.COLD)).isEqualTo(8);
          }
          // Some releases refuse one object in two at the lowest ratio, in their own time.
          assertThat(tally.misses(MissCause.COLD)).isPositive();
          assertThat(tally.misses(MissCause.COLD) + tally.misses(MissCause.NOT_ADMITTED))
              .isEqualTo(tally.borrows(BorrowOutcome.MISS));
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void afterTheFirstOneMissesOfOneObjectAtATimeAreForWhatTheRatioRefused(String version)
      throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          for (int i = 0; i < 20; i++) {
            recycle(pool, get(pool, 1));
          }
          Tally tally = causes(netty);
          assertThat(tally.misses(MissCause.COLD)).isEqualTo(1);
          assertThat(tally.misses(MissCause.NOT_ADMITTED))
              .isEqualTo(tally.borrows(BorrowOutcome.MISS) - 1);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatFoundNoRoomIsMissedForCapacity(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(4, 1);
    netty.onFastThread(
        () -> {
          for (int round = 0; round < 4; round++) {
            recycle(pool, get(pool, 60));
          }
          Tally tally = causes(netty);
          long later = tally.borrows(BorrowOutcome.MISS) - 60;
          assertThat(later).isGreaterThan(60);
          // The others are what the ratio refused; the last round is not missed any more.
          assertThat(tally.misses(MissCause.CAPACITY) + tally.misses(MissCause.NOT_ADMITTED))
              .isBetween(later * 95 / 100, later + 60);
          assertThat(tally.misses(MissCause.CAPACITY)).isPositive();
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void switchedOffRecyclerMissesByDesign(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(0, 1);
    netty.onFastThread(
        () -> {
          get(pool, 20);
          assertThat(causes(netty).misses(MissCause.DISABLED)).isEqualTo(20);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void threadsThatEndTakeAlongWhatTheNextOneMisses(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(256, 1);
    int threads = 6;
    for (int i = 0; i < threads; i++) {
      netty.onFastThread(() -> recycle(pool, get(pool, 4)));
    }
    Tally tally = causes(netty);
    assertThat(tally.misses(MissCause.COLD)).isBetween(4L, 6L);
    assertThat(tally.misses(MissCause.OWNER_GONE) + tally.misses(MissCause.NOT_ADMITTED))
        .isGreaterThanOrEqualTo((tally.borrows(BorrowOutcome.MISS) - 4) * 90 / 100);
    assertThat(tally.misses(MissCause.OWNER_GONE)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void threadMissesWhatLiesIdleWithAnotherOne(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(256, 1);
    CountDownLatch filled = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread other =
        netty.fastThread(
            () -> {
              recycle(pool, get(pool, 40));
              filled.countDown();
              try {
                done.await();
              } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
              }
            });
    other.start();
    filled.await();
    try {
      netty.onFastThread(
          () -> {
            long before = causes(netty).borrows(BorrowOutcome.MISS);
            List<Pooled> lent = get(pool, 4);
            Tally tally = causes(netty);
            assertThat(tally.borrows(BorrowOutcome.MISS) - before).isEqualTo(lent.size());
            assertThat(tally.misses(MissCause.FRAGMENTED)).isPositive();
            assertThat(tally.misses(MissCause.FRAGMENTED) + tally.misses(MissCause.NOT_ADMITTED))
                .isGreaterThanOrEqualTo(4);
          });
    } finally {
      done.countDown();
      other.join();
    }
  }
}
