package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripted, one thread at a time: what each call means, in every generation. */
class NettyRecyclerTest {
  static List<String> versions() {
    return Netty.VERSIONS;
  }

  @AfterEach
  void noHookFailed() {
    assertThat(NettyRecyclers.SYSTEM.breaker().first()).isNull();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void firstGetIsAMissAndTheNextAHit(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          Pooled first = (Pooled) pool.get();
          pool.recycle(first, first.handle);
          assertThat(pool.get()).isSameAs(first);
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(1);
          assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
          assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(1);
          assertThat(tally.used()).isEqualTo(1);
          assertThat(tally.idle()).isZero();
        });
    assertThat(netty.loader.refused()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void ofManyNewObjectsTheRatioAdmitsAFew(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          List<Pooled> lent = getMany(pool, 80);
          for (Pooled object : lent) {
            pool.recycle(object, object.handle);
          }
          int idle = netty.idleNow(pool);
          Tally tally = netty.tally(Pooled.class);
          assertThat(idle).isBetween(8, 10);
          assertThat(tally.idle()).isEqualTo(idle);
          assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(80);
          assertThat(tally.removed(RemovalReason.NOT_ADMITTED)).isEqualTo(80 - idle);
          assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(idle);
          // Generation 1 decides as an object comes back, the others before it is made.
          assertThat(tally.returns(ReturnOutcome.DISCARDED))
              .isEqualTo(netty.generation() == 1 ? 80 - idle : 0);
          assertThat(tally.created()).isEqualTo(80);
          assertThat(tally.used()).isZero();
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatDoesNotFitIsDiscardedForCapacity(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(4, 1);
    netty.onFastThread(
        () -> {
          List<Pooled> lent = getMany(pool, 50);
          int handles = (int) lent.stream().filter(o -> !netty.isNoop(o.handle)).count();
          for (Pooled object : lent) {
            pool.recycle(object, object.handle);
          }
          int idle = netty.idleNow(pool);
          assertThat(idle).isBetween(4, 16);
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.idle()).isEqualTo(idle);
          assertThat(tally.used()).isZero();
          assertThat(tally.returns()).isEqualTo(handles);
          assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(idle);
          assertThat(tally.removed(RemovalReason.CAPACITY)).isGreaterThan(20);
          assertThat(
                  tally.removed(RemovalReason.CAPACITY) + tally.removed(RemovalReason.NOT_ADMITTED))
              .isEqualTo(50 - idle);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void objectsOfASwitchedOffRecyclerAreNeverLiveAndTheirReturnsBelongToNoPool(String version)
      throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(0, 1);
    netty.onFastThread(
        () -> {
          for (Pooled object : getMany(pool, 20)) {
            assertThat(pool.recycleThroughPool(object, object.handle)).isFalse();
          }
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.misses(MissCause.DISABLED)).isEqualTo(20);
          assertThat(tally.borrows()).isEqualTo(20);
          assertThat(tally.removed(RemovalReason.DISABLED)).isEqualTo(20);
          assertThat(tally.created()).isEqualTo(20);
          assertThat(tally.returns()).isZero();
          assertThat(tally.idle() + tally.used()).isZero();
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void secondReturnIsRejectedOnceAndThrowsAsBefore(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          Pooled object = (Pooled) pool.get();
          pool.recycle(object, object.handle);
          Throwable thrown = catchThrowable(() -> pool.recycle(object, object.handle));
          assertThat(thrown)
              .isExactlyInstanceOf(IllegalStateException.class)
              .hasMessageContaining("recycled already");
          assertThat(thrown.getStackTrace())
              .noneMatch(frame -> frame.getClassName().contains("poolwatch.woven"));
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.returns(ReturnOutcome.REJECTED)).isEqualTo(1);
          assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(1);
          assertThat(tally.idle()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void objectThatIsNotTheHandlesOwnIsRejected(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          Pooled object = (Pooled) pool.get();
          assertThat(catchThrowable(() -> pool.recycle(new Object(), object.handle)))
              .isExactlyInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("does not belong to handle");
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.returns(ReturnOutcome.REJECTED)).isEqualTo(1);
          assertThat(tally.returns()).isEqualTo(1);
          assertThat(tally.used()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void returnThroughAnotherRecyclerIsThatOnesRejectionWhereTheLibraryChecks(String version)
      throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    Netty.Pool other = netty.recycler(OtherPooled::new);
    netty.onFastThread(
        () -> {
          Pooled object = (Pooled) pool.get();
          other.get();
          boolean taken = other.recycleThroughPool(object, object.handle);
          assertThat(taken).isEqualTo(netty.generation() != 1);
          assertThat(netty.tally(OtherPooled.class).returns(ReturnOutcome.REJECTED))
              .isEqualTo(taken ? 0 : 1);
          assertThat(netty.tally(Pooled.class).returns(ReturnOutcome.POOLED))
              .isEqualTo(taken ? 1 : 0);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void getWhoseFactoryThrowsIsAnErrorAndNoMiss(String version) throws Exception {
    Netty netty = Netty.of(version);
    AtomicBoolean failing = new AtomicBoolean();
    Netty.Pool pool = netty.recycler(madeUnless(failing));
    netty.onFastThread(
        () -> {
          pool.get();
          failing.set(true);
          for (int i = 0; i < 10; i++) {
            assertThat(catchThrowable(pool::get)).hasMessage("planted");
          }
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.borrows(BorrowOutcome.ERROR)).isEqualTo(10);
          assertThat(tally.borrows()).isEqualTo(11);
          assertThat(tally.created()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void returnsByAnotherThreadAreTheOwnersNextHits(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(64, 1);
    netty.onFastThread(
        () -> {
          List<Pooled> lent = getMany(pool, 40);
          netty.onFastThread(() -> lent.forEach(o -> pool.recycle(o, o.handle)));
          Tally before = netty.tally(Pooled.class);
          assertThat(before.returns(ReturnOutcome.POOLED)).isBetween(1L, 40L);
          assertThat(before.used()).isZero();
          List<Pooled> again = getMany(pool, 40);
          again.removeIf(object -> !lent.contains(object));
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(again.size()).isPositive();
          assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(80 - again.size());
          assertThat(tally.borrows()).isEqualTo(80);
          assertThat(tally.returns() + tally.removed(RemovalReason.NOT_ADMITTED))
              .isGreaterThanOrEqualTo(40);
          assertThat(tally.idle()).isEqualTo(netty.idleNow(pool));
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void removedThreadLocalTakesItsIdleObjectsAlong(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(64, 1);
    netty.onFastThread(
        () -> {
          List<Pooled> lent = getMany(pool, 10);
          Pooled kept = null;
          for (Pooled object : lent) {
            if (kept == null && !netty.isNoop(object.handle)) {
              kept = object;
            } else {
              pool.recycle(object, object.handle);
            }
          }
          long idle = netty.tally(Pooled.class).idle();
          assertThat(idle).isPositive();
          netty.removeAllThreadLocals();
          // 4.1.9 has no code that runs then: the collector tells.
          if (!version.equals("4.1.9")) {
            Tally tally = netty.tally(Pooled.class);
            assertThat(tally.removed(RemovalReason.OWNER_GONE)).isEqualTo(idle);
            assertThat(tally.idle()).isZero();
            assertThat(tally.used()).isEqualTo(1);
          }
          assertThat(pool.get()).isNotIn(lent);
          assertThat(kept).isNotNull();
        });
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatADeadThreadHadIsGoneWithItAndWhatItLentIsLeaked(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(64, 1);
    Thread owner =
        netty.fastThread(
            () -> {
              List<Pooled> lent = getMany(pool, 10);
              for (Pooled object : lent.subList(0, 7)) {
                pool.recycle(object, object.handle);
              }
            });
    owner.start();
    owner.join();
    owner = null;
    Tally before = netty.tally(Pooled.class);
    long removed = before.removed();
    assertThat(before.created()).isEqualTo(10);

    collectUntil(() -> netty.tally(Pooled.class).created() - liveOf(netty) == 10);
    Tally tally = netty.tally(Pooled.class);
    assertThat(tally.removed()).isEqualTo(10);
    assertThat(tally.removed(RemovalReason.OWNER_GONE)).isGreaterThan(0);
    assertThat(tally.removed(RemovalReason.LEAKED)).isEqualTo(before.used());
    assertThat(tally.removed(RemovalReason.OWNER_GONE))
        .isEqualTo(10 - removed - before.used() + before.removed(RemovalReason.OWNER_GONE));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatComesBackAfterItsOwnerIsDiscardedWhereTheLibraryNotices(String version)
      throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(64, 1);
    List<Pooled> lent = new ArrayList<>();
    netty.onFastThread(() -> lent.addAll(getMany(pool, 10)));
    lent.removeIf(object -> netty.isNoop(object.handle));
    lent.forEach(o -> pool.recycle(o, o.handle));

    Tally tally = netty.tally(Pooled.class);
    assertThat(tally.returns()).isEqualTo(lent.size());
    assertThat(tally.used()).isZero();
    // Stacks and the queue of 4.1.71 take what nobody will ever get from them again.
    boolean notices = netty.generation() != 1 && !version.equals("4.1.71");
    assertThat(tally.removed(RemovalReason.OWNER_GONE)).isEqualTo(notices ? lent.size() : 0);
    assertThat(tally.returns(ReturnOutcome.DISCARDED) > 0).isEqualTo(notices || isRatio(tally));
  }

  private static boolean isRatio(Tally tally) {
    return tally.removed(RemovalReason.NOT_ADMITTED) > 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.1.100", "4.1.140", "4.2.0", "4.2.6", "4.2.7", "4.2.9"})
  void returnThatFindsItsOwnerDeadRemovesWhatWasIdleThere(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(64, 1);
    List<Pooled> lent = new ArrayList<>();
    Thread owner =
        netty.fastThreadWithoutCleanUp(
            () -> {
              lent.addAll(getMany(pool, 10));
              lent.subList(0, 6).forEach(o -> pool.recycle(o, o.handle));
            });
    owner.start();
    owner.join();
    assertThat(netty.tally(Pooled.class).idle()).isEqualTo(6);
    lent.subList(6, 10).forEach(o -> pool.recycle(o, o.handle));

    Tally tally = netty.tally(Pooled.class);
    assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(4);
    assertThat(tally.removed(RemovalReason.OWNER_GONE)).isEqualTo(10);
    assertThat(tally.idle() + tally.used()).isZero();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void onlyWhatIsLostWhileLentIsALeak(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recyclerOf(256, 1);
    netty.onFastThread(
        () -> {
          List<Pooled> lent = getMany(pool, 60);
          lent.removeIf(object -> netty.isNoop(object.handle));
          int pooled = lent.size();
          int lost = 12;
          Pooled first = lent.remove(0);
          pool.recycle(first, first.handle);
          first = null;
          lent.subList(0, lost).clear();
          collectUntil(() -> netty.tally(Pooled.class).removed(RemovalReason.LEAKED) >= lost);
          for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
          }
          Tally tally = netty.tally(Pooled.class);
          assertThat(tally.removed(RemovalReason.LEAKED)).isEqualTo(lost);
          assertThat(tally.used()).isEqualTo(pooled - 1 - lost).isEqualTo(lent.size());
          assertThat(tally.idle()).isEqualTo(1);
        });
  }

  private static long liveOf(Netty netty) {
    Tally tally = netty.tally(Pooled.class);
    return tally.idle() + tally.used();
  }

  /** A factory that throws what says "planted" while it is told to. */
  static Function<Object, Object> madeUnless(AtomicBoolean failing) {
    return handle -> {
      if (failing.get()) {
        throw new UnsupportedOperationException("planted");
      }
      return new Pooled(handle);
    };
  }

  static List<Pooled> getMany(Netty.Pool pool, int count) {
    List<Pooled> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      objects.add((Pooled) pool.get());
    }
    return objects;
  }

  static void collectUntil(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).as("collected in time").isTrue();
  }

  /** A pooled object, which knows its handle. */
  static class Pooled {
    final Object handle;

    Pooled(Object handle) {
      this.handle = handle;
    }
  }

  /** Another kind of pooled object. */
  static final class OtherPooled extends Pooled {
    OtherPooled(Object handle) {
      super(handle);
    }
  }
}
