package io.poolwatch.agent.library.threadlocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.weave.WovenLoader;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * What the collector, or the end of a thread, takes of a bundled pool; and what it must be able to
 * take.
 */
class ThreadLocalCollectorTest extends WatchedPools {
  @Test
  void whatTwoCollectionsPassedOverIsCleared() {
    WovenPool pool = builder().buildStill();
    take(pool, 5).forEach(pool::put);
    pool.collection();
    assertThat(tally().idle()).isEqualTo(5);
    pool.collection();
    Tally tally = tally();
    assertThat(tally.idle()).isZero();
    assertThat(tally.removed(RemovalReason.CLEARED)).isEqualTo(5);
    assertThat(tally.created()).isEqualTo(5);
  }

  @Test
  void whatAnEndedThreadKeptIsGoneWithItsOwner() throws Exception {
    WovenPool pool = builder().buildStill();
    inAnotherThread(() -> take(pool, 4).forEach(pool::put));
    assertThat(tally().idle()).isEqualTo(4);
    pool.collection();
    Tally tally = tally();
    assertThat(tally.removed(RemovalReason.OWNER_GONE)).isEqualTo(4);
    assertThat(tally.idle()).isZero();
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(4);
  }

  @Test
  void whatIsCollectedWhileLentWasLeakedAndWhatThePoolDroppedWasNot() throws Exception {
    WovenPool pool = builder().maxShared(2).buildStill();
    takeAndForget(pool, 7);
    until(() -> tally().removed(RemovalReason.LEAKED) == 7);
    assertThat(tally().used()).isZero();

    putTooMany(pool, 10);
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
      assertThat(tally().removed(RemovalReason.LEAKED)).isEqualTo(7);
    }
    Tally tally = tally();
    assertThat(tally.removed(RemovalReason.CAPACITY)).isEqualTo(7);
    assertThat(tally.idle()).isEqualTo(3);
    assertThat(tally.created()).isEqualTo(17);
    Reference.reachabilityFence(pool);
  }

  @Test
  void theBookOfADeadPoolLeavesItsCountsAndKeepsNothingAlive() throws Exception {
    List<WeakReference<?>> watched = new ArrayList<>();
    Object lent = useAndDrop(watched);
    until(() -> ledger.snapshot().get(0).pools() == 0);
    assertThat(watched).allSatisfy(one -> assertThat(one.get()).isNull());
    Tally tally = tally();
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(6);
    assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
    assertThat(tally.idle() + tally.used()).isZero();
    assertThat(tally.removed(RemovalReason.POOL_GONE)).isEqualTo(6);
    assertThat(tally.removed(RemovalReason.LEAKED)).isZero();
    assertThat(tally.created()).isEqualTo(6);
    Reference.reachabilityFence(lent);
  }

  /** One object stays lent, five lie in the pool. */
  private Object useAndDrop(List<WeakReference<?>> watched) {
    WovenPool pool = builder().buildStill();
    List<Object> mine = take(pool, 6);
    mine.forEach(object -> watched.add(new WeakReference<>(object)));
    mine.forEach(pool::put);
    Object lent = pool.get();
    watched.removeIf(one -> one.get() == lent);
    return lent;
  }

  @Test
  void anApplicationThatIsGoneIsUnloadedThoughItsCountsStay() throws Exception {
    WeakReference<ClassLoader> application = deploy(name);
    // The JVM clears references before it puts them into their queues.
    until(() -> ledger.snapshot().get(0).pools() == 0 && application.get() == null);
    assertThat(tally().borrows(BorrowOutcome.MISS)).isEqualTo(1);
  }

  private static WeakReference<ClassLoader> deploy(String name) {
    WovenLoader application = woven();
    WovenPool pool = WovenPool.builder(application, Object::new).name(name).build();
    pool.put(pool.get());
    return new WeakReference<>(application);
  }

  @Test
  void manyThreadsWithCollectionsAreCountedToTheUnitAndEverySnapshotAddsUp() throws Exception {
    WovenPool pool = builder().maxShared(4).build();
    LongAdder gets = new LongAdder();
    LongAdder puts = new LongAdder();
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(9);
    try (ScriptedCollections collections = new ScriptedCollections()) {
      Future<?> reader =
          threads.submit(
              () -> {
                Tally before = new Tally();
                while (!ended.get()) {
                  for (PoolSnapshot snapshot : ledger.snapshot()) {
                    addsUpAndOnlyGrows(before, snapshot.tally());
                    before = snapshot.tally();
                  }
                }
              });
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        work.add(threads.submit(() -> work(pool, gets, puts)));
      }
      for (int i = 0; i < 5; i++) {
        System.gc();
        collections.promoteAll(PromotionKind.FULL);
        Thread.sleep(100);
      }
      for (Future<?> one : work) {
        one.get();
      }
      until(() -> tally().removed(RemovalReason.CLEARED) > 0);
      ended.set(true);
      reader.get();
    } finally {
      threads.shutdownNow();
    }

    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(gets.sum()).isEqualTo(pool.own("gets"));
    assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(pool.own("hits"));
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(pool.own("misses"));
    assertThat(tally.returns()).isEqualTo(puts.sum());
    assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(pool.own("putsKept"));
    assertThat(tally().idle()).isEqualTo(pool.own("idle"));
    assertThat(tally.created()).isEqualTo(pool.own("misses"));
    assertThat(tally.used()).isZero();
    assertThat(tally.removed(RemovalReason.LEAKED)).isZero();
  }

  private static void work(WovenPool pool, LongAdder gets, LongAdder puts) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    List<Object> mine = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      if (mine.isEmpty() || (mine.size() < 8 && random.nextBoolean())) {
        mine.add(pool.get());
        gets.increment();
      } else {
        pool.put(mine.remove(mine.size() - 1));
        puts.increment();
      }
    }
    for (Object object : mine) {
      pool.put(object);
      puts.increment();
    }
  }

  private static void addsUpAndOnlyGrows(Tally before, Tally now) {
    long misses = 0;
    for (MissCause cause : MissCause.values()) {
      misses += now.misses(cause);
    }
    assertThat(now.borrows(BorrowOutcome.MISS)).isEqualTo(misses);
    assertThat(now.idle()).isNotNegative();
    assertThat(now.used()).isNotNegative();
    assertThat(now.created()).isEqualTo(now.idle() + now.used() + now.removed());
    assertThat(now.promotions())
        .isEqualTo(now.tenuredIdle() + now.tenuredUsed() + now.tenuredRemoved());
    assertThat(now.promotions()).isBetween(before.promotions(), now.created());
    assertThat(now.tenuredRemoved()).isGreaterThanOrEqualTo(before.tenuredRemoved());
    assertThat(now.created()).as("none is from elsewhere").isEqualTo(misses);
    for (BorrowOutcome outcome : BorrowOutcome.values()) {
      assertThat(now.borrows(outcome)).isGreaterThanOrEqualTo(before.borrows(outcome));
    }
    for (ReturnOutcome outcome : ReturnOutcome.values()) {
      assertThat(now.returns(outcome)).isGreaterThanOrEqualTo(before.returns(outcome));
    }
    for (RemovalReason reason : RemovalReason.values()) {
      assertThat(now.removed(reason)).isGreaterThanOrEqualTo(before.removed(reason));
    }
  }

  private static void takeAndForget(WovenPool pool, int number) {
    take(pool, number);
  }

  private static void putTooMany(WovenPool pool, int number) {
    take(pool, number).forEach(pool::put);
  }
}
