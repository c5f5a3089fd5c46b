package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fingerprint.OpenMemory;
import io.poolwatch.gc.Epochs;
import io.poolwatch.gc.OldArrays;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pool that knows each object has in the old generation. */
class TenuredLivesTest {
  private final ScriptedCollections collections = new ScriptedCollections();
  private final ObjectBook book = new ObjectBook(Systems.everything(), Systems.facts());

  @AfterEach
  void forget() {
    collections.close();
  }

  private Tally tally() {
    Tally tally = new Tally();
    book.tally(tally);
    return balanced(tally);
  }

  private static Tally balanced(Tally tally) {
    assertThat(tally.promotions())
        .isEqualTo(
            tally.tenuredIdle()
                + tally.tenuredUsed()
                + tally.tenuredRemoved()
                + tally.tenuredFreedYoung());
    return tally;
  }

  private Life made(Object object) {
    Life life = new Life();
    book.created(life, object);
    book.lent(life, true);
    return life;
  }

  /** The pool holds two of them, and counts two. */
  @Test
  void eachLifeOfAnInstanceThatTwoShareIsCounted() {
    Object shared = new Object();
    Life idle = made(shared);
    Life used = made(shared);
    collections.promoteAll(PromotionKind.AGED);
    book.returned(idle);

    Tally tally = tally();

    assertThat(tally.promotions()).isEqualTo(2);
    assertThat(tally.tenuredIdle()).isEqualTo(1);
    assertThat(tally.tenuredUsed()).isEqualTo(1);
    book.removed(used, RemovalReason.INVALIDATED);
    assertThat(tally().tenuredRemoved()).isEqualTo(1);
    assertThat(tally().tenuredIdle()).isEqualTo(1);
  }

  /** There is nothing that could lie anywhere. */
  @Test
  void whatAFactoryMadeOfNothingIsNeverTenured() {
    book.returned(made(null));
    collections.promoteAll(PromotionKind.FULL);
    assertThat(tally().promotions()).isZero();
    assertThat(tally().created()).isEqualTo(1);
  }

  @Test
  void liveObjectsAreTenuredInTheStateThatTheyAreIn() {
    Life idle = made(new Object());
    made(new Object());
    collections.promoteAll(PromotionKind.AGED);
    made(new Object());
    book.returned(idle);

    Tally tally = tally();
    assertThat(tally.tenuredIdle()).isEqualTo(1);
    assertThat(tally.tenuredUsed()).isEqualTo(1);
    assertThat(tally.promotions(PromotionKind.AGED)).isEqualTo(2);
    book.lent(idle, false);
    assertThat(tally().tenuredUsed()).isEqualTo(2);
    assertThat(tally().promotions()).isEqualTo(2);
  }

  @Test
  void promotionIsCountedByTheCollectionThatDidIt() {
    made(new Object());
    collections.promoteAll(PromotionKind.FULL);
    assertThat(tally().promotions(PromotionKind.FULL)).isEqualTo(1);
    made(new Object());
    collections.promoteAll(PromotionKind.AGED);
    assertThat(tally().promotions(PromotionKind.FULL)).isEqualTo(1);
    assertThat(tally().promotions(PromotionKind.AGED)).isEqualTo(1);
  }

  @Test
  void objectThrownAwayAfterPromotionIsOldGarbage() {
    Life old = made(new Object());
    collections.promoteAll(PromotionKind.AGED);
    Life young = made(new Object());
    book.discarded(old, RemovalReason.CAPACITY);
    book.removed(young, RemovalReason.INVALIDATED);
    collections.promoteAll(PromotionKind.AGED);
    collections.settle();

    Tally tally = tally();
    assertThat(tally.tenuredRemoved()).isEqualTo(1);
    assertThat(tally.promotions()).isEqualTo(1);
    assertThat(tally.removed()).isEqualTo(2);
  }

  @Test
  void promotionThatIsLearntOfLateCountsIfItCameBeforeTheRemoval() {
    Life before = made(new Object());
    long collected = collections.now();
    book.discarded(before, RemovalReason.CAPACITY);
    Life after = made(new Object());
    book.discarded(after, RemovalReason.CAPACITY);
    assertThat(tally().promotions()).as("not known yet").isZero();
    assertThat(tally().removed()).isEqualTo(2);
    assertThat(book.listed()).as("they wait").isEqualTo(2);

    collections.learnOfPromotionAt(collected);
    collections.settle();
    assertThat(tally().tenuredRemoved()).isEqualTo(1);
    assertThat(tally().promotions()).isEqualTo(1);
    assertThat(tally().removed()).isEqualTo(2);
    assertThat(book.listed()).isZero();
  }

  @Test
  void removedObjectsDoNotWaitBeyondABound() {
    for (int i = 0; i < 50_000; i++) {
      book.discarded(made(new Object()), RemovalReason.CAPACITY);
    }
    tally();
    assertThat(book.listed()).isLessThanOrEqualTo(4_096);
    assertThat(tally().removed()).isEqualTo(50_000);
  }

  @Test
  void nothingWaitsWhereTheJvmDoesNotTell() {
    collections.close();
    book.discarded(made(new Object()), RemovalReason.CAPACITY);
    assertThat(tally().promotions()).isZero();
    assertThat(book.listed()).isZero();
  }

  @Test
  void noObjectIsNeverOld() {
    Life none = new Life();
    book.created(none, null);
    collections.promoteAll(PromotionKind.FULL);
    assertThat(tally().promotions()).isZero();
    assertThat(tally().created()).isEqualTo(1);
  }

  @Test
  void largeArrayIsBornOldAndIsOldGarbageUnlessYoungCollectionsFreeIt() {
    OpenMemory.open();
    OldArrays large = OldArrays.ofBytes(1_000, 8);
    Epochs.oldArrays(large);
    Life kept = made(new byte[1_000]);
    Life alsoKept = made(new Object[1_000]);
    made(new byte[100]);
    Epochs.oldArrays(large.freedYoung());
    Life freed = made(new byte[1_000]);
    Life withReferences = made(new Object[1_000]);
    made(new long[1_000]);
    assertThat(tally().tenuredUsed()).isEqualTo(5);
    assertThat(tally().promotions(PromotionKind.BORN_OLD)).isEqualTo(5);

    for (Life each : List.of(kept, alsoKept, freed, withReferences)) {
      book.discarded(each, RemovalReason.CAPACITY);
    }
    Tally tally = tally();
    assertThat(tally.tenuredRemoved()).isEqualTo(3);
    assertThat(tally.tenuredFreedYoung()).isEqualTo(1);
    assertThat(tally.tenuredUsed()).isEqualTo(1);
    Tally closed = new Tally();
    book.close(closed);
    balanced(closed);
    assertThat(closed.tenuredRemoved()).isEqualTo(3);
    assertThat(closed.tenuredFreedYoung()).isEqualTo(2);
  }

  @Test
  void recordThatIsHandedOutAgainIsAsOldAsItWas() {
    Object object = new Object();
    Life first = made(object);
    collections.promoteAll(PromotionKind.AGED);
    book.removed(first, RemovalReason.INVALIDATED);
    collections.settle();
    Life second = first.renewed();
    book.created(second, object);
    book.lent(second, true);

    Tally tally = tally();
    assertThat(tally.created()).isEqualTo(2);
    assertThat(tally.promotions()).isEqualTo(2);
    assertThat(tally.tenuredRemoved()).isEqualTo(1);
    assertThat(tally.tenuredUsed()).isEqualTo(1);
  }

  @Test
  void oneObjectInTwoRecordsCountsForEach() {
    Object shared = new Object();
    made(shared);
    Life second = made(shared);
    collections.promoteAll(PromotionKind.AGED);
    assertThat(tally().tenuredUsed()).isEqualTo(2);
    book.removed(second, RemovalReason.INVALIDATED);
    assertThat(tally().tenuredUsed()).isEqualTo(1);
    assertThat(tally().tenuredRemoved()).isEqualTo(1);
  }

  @Test
  void poolThatIsGoneTakesItsTenuredObjectsAlong() {
    made(new Object());
    collections.promoteAll(PromotionKind.AGED);
    made(new Object());
    Tally closed = new Tally();
    book.close(closed);
    balanced(closed);
    assertThat(closed.tenuredRemoved()).isEqualTo(1);
    assertThat(closed.tenuredUsed()).isZero();
    assertThat(closed.removed(RemovalReason.POOL_GONE)).isEqualTo(2);
  }

  @Test
  void sumsBalanceInEverySnapshotWhileManyThreadsMakeAndRemove() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(5);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        SplittableRandom random = new SplittableRandom(t);
        workers.add(executor.submit(() -> churn(random)));
      }
      long promotions = 0;
      long removed = 0;
      while (!workers.stream().allMatch(Future::isDone)) {
        if (promotions % 3 == 0) {
          collections.promoteAll(PromotionKind.AGED);
        } else {
          collections.settle();
        }
        Tally tally = tally();
        assertThat(tally.promotions()).isGreaterThanOrEqualTo(promotions);
        assertThat(tally.tenuredRemoved()).isGreaterThanOrEqualTo(removed);
        assertThat(tally.promotions()).isLessThanOrEqualTo(tally.created());
        assertThat(tally.created()).isEqualTo(tally.idle() + tally.used() + tally.removed());
        promotions = tally.promotions();
        removed = tally.tenuredRemoved();
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      executor.shutdownNow();
    }
    collections.promoteAll(PromotionKind.AGED);
    collections.settle();
    Tally tally = tally();
    assertThat(tally.tenuredIdle()).isEqualTo(tally.idle());
    assertThat(tally.tenuredUsed()).isEqualTo(tally.used());
    assertThat(tally.tenuredRemoved()).isLessThanOrEqualTo(tally.removed());
  }

  private void churn(SplittableRandom random) {
    List<Life> mine = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      if (mine.size() < 50 || random.nextInt(2) == 0) {
        mine.add(made(new Object()));
      }
      Life one = mine.remove(random.nextInt(mine.size()));
      if (random.nextInt(3) == 0) {
        book.removed(one, RemovalReason.INVALIDATED);
      } else {
        book.returned(one);
        book.lent(one, false);
        mine.add(one);
      }
      if (mine.size() > 200) {
        book.removed(mine.remove(0), RemovalReason.EVICTED);
      }
    }
  }
}
