package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ShareBookTest {
  private final Ledger ledger = new Ledger((system, facts) -> "shares", 10);
  private final ShareBook book = new ShareBook(Systems.everything(), Systems.facts());

  private Tally tally() {
    return ledger.snapshot().get(0).tally();
  }

  @Test
  void threadsThatShareALocalPoolOpenOneShareOfIt() throws Exception {
    for (int round = 0; round < 200; round++) {
      ShareBook shared = new ShareBook(Systems.everything(), Systems.facts());
      Object localPool = new Object();
      Set<Share> opened = ConcurrentHashMap.newKeySet();
      Thread[] threads = new Thread[4];
      CyclicBarrier begin = new CyclicBarrier(threads.length);
      for (int i = 0; i < threads.length; i++) {
        threads[i] =
            new Thread(
                () -> {
                  try {
                    begin.await();
                    opened.add(shared.open(localPool, false));
                  } catch (Exception failed) {
                    throw new AssertionError(failed);
                  }
                });
        threads[i].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(opened).hasSize(1);
      assertThat(shared.shares()).hasSize(1);
      Reference.reachabilityFence(localPool);
    }
  }

  @Test
  void shareCountsBorrowsAndReturns() {
    Object pool = register();
    Object local = new Object();
    Share share = book.open(local, true);
    share.miss();
    share.returned();
    share.hit();
    share.returnedByOwner();
    share.missNotAdmitted();
    share.rejected();
    share.failed();

    Tally tally = tally();
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(2);
    assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
    assertThat(tally.borrows(BorrowOutcome.ERROR)).isEqualTo(1);
    assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(2);
    assertThat(tally.returns(ReturnOutcome.REJECTED)).isEqualTo(1);
    assertThat(tally.removed(RemovalReason.NOT_ADMITTED)).isEqualTo(1);
    assertThat(tally.created()).isEqualTo(2);
    assertThat(tally.idle()).isEqualTo(1);
    assertThat(tally.used()).isZero();
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(pool);
  }

  @Test
  void switchedOffPoolCreatesAndRemovesInOneStep() {
    Object pool = register();
    book.missDisabled();

    Tally tally = tally();
    assertThat(tally.misses(MissCause.DISABLED)).isEqualTo(1);
    assertThat(tally.removed(RemovalReason.DISABLED)).isEqualTo(1);
    assertThat(tally.idle() + tally.used()).isZero();
    Reference.reachabilityFence(pool);
  }

  @Test
  void objectCollectedWhileLentIsALeakAndADiscardedOneIsNot() throws Exception {
    Object pool = register();
    Object local = new Object();
    Share share = book.open(local, true);
    List<Object> lent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Object object = new Object();
      share.miss();
      share.track(object);
      lent.add(object);
    }
    share.discarded(RemovalReason.CAPACITY);
    lent.remove(0);
    lent.remove(0);
    lent.remove(0);

    collectUntil(() -> tally().removed(RemovalReason.LEAKED) >= 2);
    Tally tally = tally();
    assertThat(tally.removed(RemovalReason.LEAKED)).isEqualTo(2);
    assertThat(tally.used()).isEqualTo(7);
    assertThat(tally.created()).isEqualTo(10);
    Reference.reachabilityFence(lent);
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(pool);
  }

  @Test
  void collectedShareTakesItsIdleObjectsAlongAndWhatItLentIsLeaked() throws Exception {
    Object pool = register();
    Object local = new Object();
    Share share = book.open(local, true);
    share.miss();
    share.miss();
    share.returnedByOwner();
    Reference.reachabilityFence(local);
    local = null;

    collectUntil(() -> tally().removed() == 2);
    assertThat(tally().removed(RemovalReason.OWNER_GONE)).isEqualTo(1);
    assertThat(tally().removed(RemovalReason.LEAKED)).isEqualTo(1);
    assertThat(tally().borrows()).isEqualTo(2);
    Reference.reachabilityFence(pool);
  }

  @Test
  void shareOutlivesItsPoolWhileAThreadHoldsIt() throws Exception {
    Object pool = register();
    Object local = new Object();
    Share share = book.open(local, true);
    share.miss();
    share.returnedByOwner();
    Reference.reachabilityFence(pool);
    pool = null;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(tally().idle()).isEqualTo(1);
    Reference.reachabilityFence(local);
    local = null;

    collectUntil(() -> tally().removed(RemovalReason.POOL_GONE) == 1);
    assertThat(tally().idle()).isZero();
  }

  @Test
  void ofObjectsBeyondTheBoundAShareIsWatchedThatHalvesAsItsRoomFills() throws Exception {
    Object pool = register();
    Object local = new Object();
    Share share = book.open(local, true);
    Books.trackingBound(1_600);
    try {
      List<Object> lent = new ArrayList<>();
      for (int i = 0; i < 101_600; i++) {
        Object object = new Object();
        share.miss();
        share.track(object);
        lent.add(object);
      }
      lent.clear();
      collectUntil(() -> tally().removed(RemovalReason.LEAKED) >= 1_690);
      // Each eighth of the reserve of a hundred takes twice as many objects to fill as the one
      // before, 200 the first: of 100 000 it is just full.
      assertThat(tally().removed(RemovalReason.LEAKED)).isBetween(1_690L, 1_700L);
    } finally {
      Books.trackingBound(200_000);
    }
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(pool);
  }

  @Test
  void trackingIsBoundedOverAllPoolsAndGivenBack() throws Exception {
    Object pool = register();
    Object local = new Object();
    Share share = book.open(local, true);
    long before = Books.untracked();
    Books.trackingBound(5);
    try {
      List<Object> lent = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Object object = new Object();
        share.miss();
        share.track(object);
        lent.add(object);
      }
      assertThat(Books.untracked() - before).isEqualTo(5);
      lent.clear();
      collectUntil(() -> tally().removed(RemovalReason.LEAKED) == 5);
      assertThat(Books.mayTrack()).isTrue();
      Books.untrack(1);
    } finally {
      Books.trackingBound(200_000);
    }
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(pool);
  }

  @Test
  void manyThreadsReturnToOneShareAndNoReturnIsLost() throws Exception {
    Object pool = register();
    Object local = new Object();
    Share share = book.open(local, true);
    int perThread = 50_000;
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < perThread; i++) {
                  share.returned();
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (int i = 0; i < 5 * perThread; i++) {
      share.miss();
    }
    for (int i = 0; i < perThread; i++) {
      share.returned();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(tally().returns(ReturnOutcome.POOLED)).isEqualTo(5L * perThread);
    assertThat(tally().idle()).isEqualTo(5L * perThread);
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(pool);
  }

  private Object register() {
    Object pool = new Object();
    Books.register(pool, book);
    return pool;
  }

  private static void collectUntil(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("collected in time").isLessThan(end);
      System.gc();
      Thread.sleep(20);
    }
  }
}
