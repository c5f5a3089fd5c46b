package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Books;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight threads on one Recycler: the books against the workload's own counters, to the unit. */
class NettyRecyclerMixTest {
  static List<String> versions() {
    return Netty.SPREAD;
  }

  /** No ledger lets go of what the tests in this JVM have made, and all is to be watched here. */
  @BeforeAll
  static void watchAll() {
    Books.trackingBound(Integer.MAX_VALUE / 2);
  }

  @AfterAll
  static void watchAsMuchAsByDefault() {
    Books.trackingBound(200_000);
  }

  @AfterEach
  void noHookFailed() {
    assertThat(NettyRecyclers.SYSTEM.breaker().first()).isNull();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void countsAgreeOnFastThreads(String version) throws Exception {
    Netty netty = Netty.of(version);
    RecyclerMix mix = new RecyclerMix(netty, 10_000);
    Tally tally = mix.run(netty.recycler(mix::make), netty::fastThread);
    assertThat(tally.isTenuredEstimated()).isFalse();
    assertThat(tally.borrows(BorrowOutcome.HIT)).isGreaterThan(mix.gets.get() / 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.1.119", "4.2.7", "4.2.20"})
  void countsAgreeDuringAnExperiment(String version) throws Exception {
    Netty netty = Netty.of(version);
    // Long enough to have turns of both kinds on any machine.
    RecyclerMix mix = new RecyclerMix(netty, 60_000).experimenting();
    Tally tally = mix.run(netty.recycler(mix::make), netty::fastThread);
    assertThat(tally.misses(MissCause.EXPERIMENT)).isPositive();
    assertThat(tally.borrows(BorrowOutcome.HIT)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void countsAgreeOnPlainThreads(String version) throws Exception {
    Netty netty = Netty.of(version);
    RecyclerMix mix = new RecyclerMix(netty, 10_000);
    Tally tally = mix.run(netty.recycler(mix::make), Thread::new);
    if (version.equals("4.2.20")) {
      assertThat(tally.misses(MissCause.DISABLED)).isEqualTo(mix.made.get());
      assertThat(tally.returns()).isZero();
    } else {
      assertThat(tally.borrows(BorrowOutcome.HIT)).isGreaterThan(mix.gets.get() / 10);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void countsAgreeWhereMuchIsDropped(String version) throws Exception {
    Netty netty = Netty.of(version);
    RecyclerMix mix = new RecyclerMix(netty, 10_000);
    Netty.Pool pool =
        netty.generation() == 1
            ? netty.recycler(mix::make, 16, 8, 1, 3)
            : netty.recycler(mix::make, 4, 1, 2);
    Tally tally = mix.run(pool, netty::fastThread);
    assertThat(tally.isTenuredEstimated()).isFalse();
    assertThat(tally.removed(RemovalReason.CAPACITY)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.7", "4.2.9", "4.2.20"})
  void countsAgreeOnAPoolThatAllThreadsShare(String version) throws Exception {
    for (boolean unguarded : new boolean[] {false, true}) {
      Netty netty = Netty.of(version);
      RecyclerMix mix = new RecyclerMix(netty, 10_000);
      Tally tally = mix.run(netty.recycler(mix::make, 32, unguarded).shared(), Thread::new);
      assertThat(tally.removed(RemovalReason.CAPACITY)).isPositive();
      assertThat(mix.madeForGood).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.7", "4.2.9", "4.2.20"})
  void countsAgreeOnUnguardedPools(String version) throws Exception {
    Netty netty = Netty.of(version);
    RecyclerMix mix = new RecyclerMix(netty, 10_000);
    Tally tally = mix.run(netty.recycler(mix::make, true), netty::fastThread);
    assertThat(tally.idle()).isPositive();
    // Nobody tells which are idle, but what is thrown away is found.
    assertThat(tally.isTenuredEstimated()).isTrue();
    assertThat(tally.tenuredRemoved())
        .isBetween(tally.tenuredRemovedLeast(), tally.tenuredRemovedMost());
  }
}
