package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.OtherPooled;
import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.Pooled;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recyclers whose classes are woven in the way of loaded ones: what came and went, to the unit. */
class LateRecyclerTest {
  static List<String> versions() {
    return Netty.SPREAD;
  }

  @AfterEach
  void noHookFailed() {
    assertThat(NettyRecyclers.SYSTEM.breaker().first()).isNull();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void countsAgreeOnFastThreads(String version) throws Exception {
    Netty netty = Netty.late(version);
    RecyclerMix mix = new RecyclerMix(netty, 4_000).late();
    Tally tally = mix.run(netty.recycler(mix::make), netty::fastThread);
    assertThat(tally.borrows(BorrowOutcome.HIT)).isGreaterThan(mix.gets.get() / 10);
    assertThat(tally.misses(MissCause.OTHER))
        .as("nothing is said of why")
        .isEqualTo(mix.made.get());
    assertThat(netty.loader.refused()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void countsAgreeOnPlainThreadsWhereMuchIsDropped(String version) throws Exception {
    Netty netty = Netty.late(version);
    RecyclerMix mix = new RecyclerMix(netty, 4_000).late();
    Netty.Pool pool =
        netty.generation() == 1
            ? netty.recycler(mix::make, 16, 8, 1, 3)
            : netty.recycler(mix::make, 4, 1, 2);
    Tally tally = mix.run(pool, Thread::new);
    if (version.equals("4.2.20")) {
      assertThat(tally.misses(MissCause.DISABLED)).isEqualTo(mix.made.get());
    } else {
      assertThat(tally.removed(RemovalReason.CAPACITY)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.7", "4.2.9", "4.2.20"})
  void countsAgreeOnPoolsThatAllThreadsShareAndOnUnguardedOnes(String version) throws Exception {
    for (boolean unguarded : new boolean[] {false, true}) {
      Netty netty = Netty.late(version);
      RecyclerMix mix = new RecyclerMix(netty, 2_000).late();
      Tally tally = mix.run(netty.recycler(mix::make, 32, unguarded).shared(), Thread::new);
      assertThat(tally.removed(RemovalReason.CAPACITY)).isPositive();

      Netty confined = Netty.late(version);
      RecyclerMix other = new RecyclerMix(confined, 2_000).late();
      other.run(confined.recycler(other::make, unguarded), confined::fastThread);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void switchedOffRecyclersMissForThatAndOthersBesideThemDoNot(String version) throws Exception {
    Netty netty = Netty.late(version);
    Netty.Pool off = netty.recyclerOf(0, 1);
    Netty.Pool alsoOff =
        netty.generation() == 1
            ? netty.recycler(OtherPooled::new, 0, 2, 1, 4)
            : netty.recycler(OtherPooled::new, 0, 1, 32);
    netty.onFastThread(
        () -> {
          for (Pooled object : NettyRecyclerTest.getMany(off, 20)) {
            assertThat(off.recycleThroughPool(object, object.handle)).isFalse();
            alsoOff.get();
          }
        });
    for (Class<?> pooled : new Class<?>[] {Pooled.class, OtherPooled.class}) {
      Tally tally = netty.tally(pooled);
      assertThat(tally.misses(MissCause.DISABLED)).isEqualTo(20);
      assertThat(tally.borrows()).isEqualTo(20);
      assertThat(tally.removed(RemovalReason.DISABLED)).isEqualTo(20);
      assertThat(tally.created()).isEqualTo(20);
      assertThat(tally.returns()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void objectThatIsMadeWithOneOfTheSameRecyclerIsCountedWithIt(String version) throws Exception {
    Netty netty = Netty.late(version);
    AtomicReference<Netty.Pool> itself = new AtomicReference<>();
    int[] depth = new int[1];
    Netty.Pool pool =
        netty.recycler(
            handle -> {
              if (depth[0] < 3) {
                depth[0]++;
                itself.get().get();
              }
              return new Pooled(handle);
            });
    itself.set(pool);
    netty.onFastThread(
        () -> {
          Pooled outer = (Pooled) pool.get();
          pool.recycle(outer, outer.handle);
          pool.get();
          Tally tally = netty.tally(Pooled.class);
          boolean kept = !netty.isNoop(outer.handle);
          assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(kept ? 1 : 0);
          assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(kept ? 4 : 5);
          assertThat(tally.borrows()).isEqualTo(5);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void getWhoseFactoryThrowsIsAnErrorAndSecondReturnsAreRejectedAsBefore(String version)
      throws Exception {
    Netty netty = Netty.late(version);
    boolean[] failing = new boolean[1];
    Netty.Pool pool =
        netty.recycler(
            handle -> {
              if (failing[0]) {
                throw new UnsupportedOperationException("planted");
              }
              return new Pooled(handle);
            });
    netty.onFastThread(
        () -> {
          Pooled object = (Pooled) pool.get();
          failing[0] = true;
          assertThat(catchThrowable(pool::get)).hasMessage("planted");
          pool.recycle(object, object.handle);
          Throwable thrown = catchThrowable(() -> pool.recycle(object, object.handle));
          assertThat(thrown)
              .isExactlyInstanceOf(IllegalStateException.class)
              .hasMessageContaining("recycled already");
          assertThat(thrown.getStackTrace())
              .noneMatch(frame -> frame.getClassName().contains("poolwatch.woven"));
          assertThat(catchThrowable(() -> pool.recycle(new Object(), object.handle)))
              .isExactlyInstanceOf(IllegalArgumentException.class);
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.borrows(BorrowOutcome.ERROR)).isEqualTo(1);
          assertThat(tally.created()).isEqualTo(1);
          assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(1);
          assertThat(tally.returns(ReturnOutcome.REJECTED)).isEqualTo(2);
          assertThat(tally.violations(ViolationKind.DOUBLE_RETURN)).isEqualTo(1);
          assertThat(tally.violations(ViolationKind.FOREIGN_RETURN)).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.25", "4.1.70", "4.1.119", "4.2.6", "4.2.20"})
  void hitAndReturnAllocateNothing(String version) throws Exception {
    Netty netty = Netty.late(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          useOne(pool, 200_000);
          ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
          long least = Long.MAX_VALUE;
          for (int i = 0; i < 20; i++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            useOne(pool, 2_000);
            least =
                Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
          }
          // The reading itself may take some, and one loan in very many is timed.
          assertThat(least).isLessThan(2_000);
        });
    Tally tally = netty.tally(Pooled.class);
    assertThat(tally.borrows()).isEqualTo(240_000);
    assertThat(tally.borrows(BorrowOutcome.HIT)).isGreaterThan(239_000);
  }

  private static void useOne(Netty.Pool pool, int times) {
    for (int i = 0; i < times; i++) {
      Pooled object = (Pooled) pool.get();
      pool.recycle(object, object.handle);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.70", "4.1.119", "4.2.20"})
  void theTablesKeepNothingAlive(String version) throws Exception {
    List<WeakReference<Object>> watched = new ArrayList<>();
    useAndDrop(version, watched);
    for (int i = 0; i < 200 && watched.stream().anyMatch(each -> each.get() != null); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(watched).hasSize(4).allSatisfy(each -> assertThat(each.get()).isNull());
  }

  private static void useAndDrop(String version, List<WeakReference<Object>> watched)
      throws Exception {
    Netty netty = Netty.late(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          Pooled object = (Pooled) pool.get();
          watched.add(new WeakReference<>(object));
          watched.add(new WeakReference<>(Thread.currentThread()));
          pool.recycle(object, object.handle);
          pool.get();
        });
    assertThat(netty.tally(Pooled.class).borrows()).isEqualTo(2);
    watched.add(new WeakReference<>(pool.recycler));
    watched.add(new WeakReference<>(netty.loader));
  }
}
