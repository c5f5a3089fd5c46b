package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.Pooled;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While an experiment has its turn, a get makes an object that the pool never takes back. */
class RecyclerExperimentTest {
  static List<String> versions() {
    return Netty.VERSIONS;
  }

  @AfterEach
  void noHookFailed() {
    assertThat(NettyRecyclers.SYSTEM.breaker().first()).isNull();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void getIsServedByPlainCreationAndWhatIsInThePoolStaysThere(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(64, 0);
    netty.onFastThread(
        () -> {
          Pooled pooled = (Pooled) pool.get();
          pool.recycle(pooled, pooled.handle);

          netty.unpooled(true);
          Pooled made = (Pooled) pool.get();
          assertThat(made).isNotSameAs(pooled);
          assertThat(netty.isNoop(made.handle)).isTrue();
          pool.recycle(made, made.handle);
          assertThat(pool.get()).isNotSameAs(made).isNotSameAs(pooled);
          netty.unpooled(false);

          assertThat(pool.get()).isSameAs(pooled);
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.borrows()).isEqualTo(4);
          assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
          assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(3);
          assertThat(tally.misses(MissCause.EXPERIMENT)).isEqualTo(2);
          assertThat(tally.borrowsOfPool()).isEqualTo(2);
          assertThat(tally.removed(RemovalReason.EXPERIMENT)).isEqualTo(2);
          assertThat(tally.created()).isEqualTo(3);
          assertThat(tally.used()).isEqualTo(1);
          assertThat(tally.returns()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatWasLentBeforeComesBackToThePoolMeanwhile(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(64, 0);
    netty.onFastThread(
        () -> {
          Pooled pooled = (Pooled) pool.get();
          netty.unpooled(true);
          pool.recycle(pooled, pooled.handle);
          assertThat(netty.tally(Pooled.class).idle()).isEqualTo(1);
          netty.unpooled(false);
          assertThat(pool.get()).isSameAs(pooled);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatIsLostMeanwhileIsNotKeptAlive(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(64, 0);
    netty.onFastThread(
        () -> {
          pool.get();
          netty.unpooled(true);
          WeakReference<Object> lost = new WeakReference<>(pool.get());
          await()
              .untilAsserted(
                  () -> {
                    System.gc();
                    assertThat(lost.get()).isNull();
                  });
          netty.unpooled(false);
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.created()).isEqualTo(2);
          assertThat(tally.removed(RemovalReason.EXPERIMENT)).isEqualTo(1);
          assertThat(tally.misses(MissCause.EXPERIMENT)).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatTheFactoryThrowsIsThrownAndCountedOnce(String version) throws Exception {
    Netty netty = Netty.of(version);
    AtomicBoolean failing = new AtomicBoolean();
    Netty.Pool pool = netty.recycler(NettyRecyclerTest.madeUnless(failing));
    netty.onFastThread(
        () -> {
          pool.get();
          failing.set(true);
          netty.unpooled(true);
          assertThatThrownBy(pool::get).isInstanceOf(UnsupportedOperationException.class);
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.borrows(BorrowOutcome.ERROR)).isEqualTo(1);
          assertThat(tally.misses(MissCause.EXPERIMENT)).isZero();
        });
  }
}
