package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.OtherPooled;
import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.Pooled;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What generation 3 alone can do: local pools that are pinned, shared, or check nothing. */
class NettyRecyclerPinnedTest {
  @AfterEach
  void noHookFailed() {
    assertThat(NettyRecyclers.SYSTEM.breaker().first()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.7", "4.2.9", "4.2.20"})
  void pinnedPoolCountsItsOwnersReturnsAndOthers(String version) throws Exception {
    for (boolean unguarded : new boolean[] {false, true}) {
      Netty netty = Netty.of(version);
      Netty.Pool pool = netty.recycler(Pooled::new, Thread.currentThread(), unguarded);
      List<Pooled> lent = NettyRecyclerTest.getMany(pool, 80);
      long pooled = lent.stream().filter(o -> !netty.isNoop(o.handle)).count();
      lent.subList(0, 40).forEach(o -> pool.recycle(o, o.handle));
      netty.onFastThread(() -> lent.subList(40, 80).forEach(o -> pool.recycle(o, o.handle)));

      Tally tally = netty.tally(Pooled.class);
      assertThat(pooled).isBetween(8L, 12L);
      assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(pooled);
      assertThat(tally.idle()).isEqualTo(pooled).isEqualTo(netty.idleNow(pool));
      assertThat(tally.removed(RemovalReason.NOT_ADMITTED)).isEqualTo(80 - pooled);

      netty.unpinOwner(pool);
      List<Pooled> again = NettyRecyclerTest.getMany(pool, 5);
      again.forEach(o -> pool.recycle(o, o.handle));
      tally = netty.tally(Pooled.class);
      assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(5);
      assertThat(tally.idle()).isEqualTo(netty.idleNow(pool));
      assertThat(tally.used()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.7", "4.2.9", "4.2.20"})
  void unguardedPoolTakesOneObjectTwiceAndTheEquationsStillHold(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new, true);
    netty.onFastThread(
        () -> {
          Pooled object = (Pooled) pool.get();
          pool.recycle(object, object.handle);
          pool.recycle(object, object.handle);
          assertThat(pool.get()).isSameAs(object);
          assertThat(pool.get()).isSameAs(object);
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(2);
          assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(2);
          assertThat(tally.created()).isEqualTo(1);
          assertThat(tally.used()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.7", "4.2.9", "4.2.20"})
  void switchedOffRecyclersShareALocalPoolAndNotTheirCounts(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new, 0, true);
    Netty.Pool other = netty.recycler(OtherPooled::new, 0, false);
    netty.onFastThread(
        () -> {
          NettyRecyclerTest.getMany(pool, 3).forEach(o -> pool.recycle(o, o.handle));
          NettyRecyclerTest.getMany(other, 5);
        });
    assertThat(netty.tally(Pooled.class).misses(MissCause.DISABLED)).isEqualTo(3);
    assertThat(netty.tally(Pooled.class).returns()).isZero();
    assertThat(netty.tally(OtherPooled.class).misses(MissCause.DISABLED)).isEqualTo(5);
    assertThat(netty.tally(OtherPooled.class).borrows()).isEqualTo(5);
  }
}
