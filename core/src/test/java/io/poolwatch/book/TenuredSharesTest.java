package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pool of shares has in the old generation, by its tracked objects. */
class TenuredSharesTest {
  private final ScriptedCollections collections = new ScriptedCollections();
  private final Ledger ledger = new Ledger((system, facts) -> "shares", 10);
  private final ShareBook book = new ShareBook(Systems.everything(), Systems.facts());
  private final Object pool = new Object();
  private Object local = new Object();
  private final Share share = book.open(local, true);
  private final List<Object> kept = new ArrayList<>();

  TenuredSharesTest() {
    Books.register(pool, book);
  }

  @AfterEach
  void forget() {
    collections.close();
    Reference.reachabilityFence(pool);
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(kept);
  }

  private Tally tally() {
    Tally tally = ledger.snapshot().get(0).tally();
    assertThat(tally.promotions())
        .isEqualTo(
            tally.tenuredIdle()
                + tally.tenuredUsed()
                + tally.tenuredRemoved()
                + tally.tenuredFreedYoung());
    return tally;
  }

  private TrackedObject made() {
    Object object = new Object();
    kept.add(object);
    share.miss();
    TrackedObject tracked = share.track(object);
    assertThat(tracked).isNotNull();
    return tracked;
  }

  private void back(TrackedObject tracked) {
    tracked.idle();
    share.returnedByOwner();
  }

  private void dropped(TrackedObject tracked) {
    tracked.idle();
    share.discarded(RemovalReason.CAPACITY);
    tracked.removed();
  }

  @Test
  void trackedObjectsAreTenuredWhereTheyAre() {
    TrackedObject one = made();
    made();
    back(one);
    collections.promoteAll(PromotionKind.AGED);
    back(made());

    Tally tally = tally();
    assertThat(tally.tenuredIdle()).isEqualTo(1);
    assertThat(tally.tenuredUsed()).isEqualTo(1);
    share.hit();
    one.lent();
    assertThat(tally().tenuredUsed()).isEqualTo(2);
    assertThat(tally().promotions(PromotionKind.AGED)).isEqualTo(2);
  }

  @Test
  void whatIsDroppedAfterPromotionIsOldGarbageAndCountsOnce() {
    TrackedObject old = made();
    TrackedObject seen = made();
    collections.promoteAll(PromotionKind.FULL);
    tally();
    dropped(seen);
    dropped(old);
    dropped(made());

    for (int i = 0; i < 3; i++) {
      Tally tally = tally();
      assertThat(tally.tenuredRemoved()).isEqualTo(2);
      assertThat(tally.promotions(PromotionKind.FULL)).isEqualTo(2);
      assertThat(tally.tenuredIdle() + tally.tenuredUsed()).isZero();
      collections.promoteAll(PromotionKind.AGED);
    }
  }

  @Test
  void promotionThatIsLearntOfLateCountsIfItCameBeforeTheDrop() {
    TrackedObject before = made();
    long collected = collections.now();
    dropped(before);
    dropped(made());
    assertThat(tally().promotions()).isZero();
    collections.learnOfPromotionAt(collected);
    collections.settle();
    for (int i = 0; i < 2; i++) {
      assertThat(tally().tenuredRemoved()).isEqualTo(1);
      assertThat(tally().promotions()).isEqualTo(1);
    }
  }

  @Test
  void emptiedShareLosesItsIdleTenuredObjects() {
    back(made());
    made();
    collections.promoteAll(PromotionKind.AGED);
    share.removedAllIdle(RemovalReason.OWNER_GONE);

    assertThat(tally().tenuredRemoved()).isEqualTo(1);
    assertThat(tally().tenuredUsed()).isEqualTo(1);
    assertThat(tally().removed(RemovalReason.OWNER_GONE)).isEqualTo(1);
  }

  @Test
  void tenuredObjectThatIsLostWhileLentIsOldGarbage() throws Exception {
    made();
    made();
    collections.promoteAll(PromotionKind.AGED);
    collections.settle();
    tally();
    kept.remove(0);

    collectUntil(() -> tally().removed(RemovalReason.LEAKED) == 1);
    assertThat(tally().tenuredRemoved()).isEqualTo(1);
    assertThat(tally().tenuredUsed()).isEqualTo(1);
  }

  @Test
  void buriedShareTakesItsTenuredObjectsAlong() throws Exception {
    back(made());
    made();
    collections.promoteAll(PromotionKind.AGED);
    collections.settle();
    tally();
    local = new Object();

    collectUntil(() -> tally().removed() == 2);
    assertThat(tally().tenuredRemoved()).isEqualTo(2);
    assertThat(tally().promotions()).isEqualTo(2);
  }

  @Test
  void untrackedObjectsAreTakenToBeLikeTheTrackedOnes() {
    Books.trackingBound(0);
    try {
      int tracked = 0;
      for (int i = 0; i < 100; i++) {
        Object object = new Object();
        kept.add(object);
        share.miss();
        Books.trackingBound(i < 50 ? 200_000 : 0);
        TrackedObject one = share.track(object);
        if (one != null) {
          if (tracked++ % 2 == 0) {
            one.idle();
          }
        }
        if (i % 2 == 0) {
          share.returnedByOwner();
        }
      }
      assertThat(tracked).isEqualTo(50);
    } finally {
      Books.trackingBound(200_000);
    }
    collections.promoteAll(PromotionKind.AGED);
    Tally tally = tally();
    assertThat(tally.tenuredIdle()).isEqualTo(50);
    assertThat(tally.tenuredUsed()).isEqualTo(50);
    assertThat(tally.promotions()).isEqualTo(100);
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
