package io.poolwatch.agent.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules about pools with a share for each thread, on real books. */
class ShareRulesTest {
  private static final long AFTER = 1_000;
  private static final PoolIdentity LETTERS = new PoolIdentity("letters", "shares", null);

  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private final ShareBook book =
      new ShareBook(PoolSystem.named("shares").build(), new PoolFacts("com.example.Letters"));
  private final Object localPool = new Object();
  private final Object otherLocalPool = new Object();
  private final List<Finding> found = new ArrayList<>();
  private final WarmedByOtherThread warmed = new WarmedByOtherThread(AFTER);
  private final ReturnedByOtherThreads handedOver = new ReturnedByOtherThreads(AFTER);

  @AfterEach
  void end() {
    other.shutdownNow();
    Reference.reachabilityFence(localPool);
    Reference.reachabilityFence(otherLocalPool);
  }

  private Share warm(int objects) {
    Share share = book.open(localPool, true);
    for (int i = 0; i < objects; i++) {
      share.miss();
    }
    for (int i = 0; i < objects; i++) {
      share.returnedByOwner();
    }
    return share;
  }

  private void work(int misses, int hits) throws ExecutionException, InterruptedException {
    other
        .submit(
            () -> {
              Share share = book.open(otherLocalPool, true);
              for (int i = 0; i < misses + hits; i++) {
                if (i < misses) {
                  share.miss();
                } else {
                  share.hit();
                }
              }
              for (int i = 0; i < misses + hits; i++) {
                share.returnedByOwner();
              }
            })
        .get();
  }

  private void lookForWarmed() {
    warmed.look(LETTERS, book, 0, found::add);
    warmed.look(LETTERS, book, AFTER, found::add);
  }

  @Test
  void whatLiesAtAThreadThatNeverBorrowsIsTold() throws Exception {
    warm(16);
    work(16, 984);
    lookForWarmed();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).kind()).isEqualTo(Finding.Kind.WARMED_BY_OTHER_THREAD);
    assertThat(found.get(0).evidence())
        .startsWith("16 objects lie idle since thread " + Thread.currentThread().getName())
        .endsWith("the others made 16 objects anew, in 1 000 borrows");
  }

  @Test
  void itIsNotToldBeforeItsTime() throws Exception {
    warm(16);
    work(16, 984);
    warmed.look(LETTERS, book, 0, found::add);
    warmed.look(LETTERS, book, AFTER - 1, found::add);
    assertThat(found).isEmpty();
  }

  @Test
  void aThreadThatWasEverServedIsNoWarmer() throws Exception {
    Share share = warm(16);
    share.hit();
    share.returnedByOwner();
    work(16, 984);
    lookForWarmed();
    assertThat(found).isEmpty();
  }

  @Test
  void aThreadThatBorrowsAgainIsNoWarmer() throws Exception {
    Share share = warm(16);
    work(16, 984);
    warmed.look(LETTERS, book, 0, found::add);
    share.miss();
    share.returnedByOwner();
    warmed.look(LETTERS, book, AFTER, found::add);
    assertThat(found).isEmpty();
  }

  @Test
  void littleWarmingAndIdlePoolsAreNotTold() throws Exception {
    warm(15);
    work(16, 10_000);
    lookForWarmed();
    assertThat(found).isEmpty();
  }

  @Test
  void aPoolThatNobodyUsesIsNotTold() throws Exception {
    warm(16);
    work(16, 983);
    lookForWarmed();
    assertThat(found).isEmpty();
  }

  @Test
  void othersThatMissedNothingAreNotTold() throws Exception {
    warm(16);
    work(15, 10_000);
    lookForWarmed();
    assertThat(found).isEmpty();
  }

  /** So many objects are made and come back on another thread, so many of them for nothing. */
  private void handOver(int misses, int hits, int keptFromOthers, int dropped, int keptFromOwner)
      throws ExecutionException, InterruptedException {
    Share share = book.open(localPool, true);
    handedOver.look(LETTERS, book, 0, found::add);
    for (int i = 0; i < misses; i++) {
      share.miss();
    }
    for (int i = 0; i < hits; i++) {
      share.hit();
    }
    for (int i = 0; i < keptFromOwner; i++) {
      share.returnedByOwner();
    }
    other
        .submit(
            () -> {
              for (int i = 0; i < keptFromOthers; i++) {
                share.returned();
              }
              for (int i = 0; i < dropped; i++) {
                share.discarded(RemovalReason.CAPACITY);
              }
            })
        .get();
    handedOver.look(LETTERS, book, AFTER, found::add);
  }

  @Test
  void lossByHandingOverIsTold() throws Exception {
    handOver(100, 900, 900, 100, 0);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).kind()).isEqualTo(Finding.Kind.RETURNED_BY_OTHER_THREADS);
    assertThat(found.get(0).evidence())
        .contains("1 000 of 1 000 returns (100 %) came from other threads")
        .contains("of these 100 (10 %) found no room")
        .endsWith("100 of 1 000 borrows had to make an object");
  }

  @Test
  void producersAndConsumersAreNotTold() throws Exception {
    handOver(200, 800, 910, 90, 0);
    assertThat(found).isEmpty();
  }

  @Test
  void lossThatCostsNothingIsNotTold() throws Exception {
    handOver(99, 901, 900, 100, 0);
    assertThat(found).isEmpty();
  }

  @Test
  void fewReturnsAreNotTold() throws Exception {
    handOver(999, 0, 500, 499, 0);
    assertThat(found).isEmpty();
  }

  @Test
  void whatMostlyComesBackToItsThreadIsNotTold() throws Exception {
    handOver(500, 1_500, 0, 1_000, 1_000);
    assertThat(found).isEmpty();
  }

  @Test
  void lossThatBorrowersHaveAlikeIsNotTold() throws Exception {
    Share share = book.open(localPool, true);
    handedOver.look(LETTERS, book, 0, found::add);
    for (int i = 0; i < 3_000; i++) {
      share.miss();
    }
    for (int i = 0; i < 300; i++) {
      share.discarded(RemovalReason.CAPACITY);
    }
    for (int i = 0; i < 700; i++) {
      share.returnedByOwner();
    }
    other
        .submit(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                share.returned();
                share.discarded(RemovalReason.CAPACITY);
              }
            })
        .get();
    handedOver.look(LETTERS, book, AFTER, found::add);
    assertThat(found).isEmpty();
  }

  @Test
  void whatARuleAboutTheObjectRefusesIsNoLossByThreads() throws Exception {
    Share share = book.open(localPool, true);
    handedOver.look(LETTERS, book, 0, found::add);
    other
        .submit(
            () -> {
              for (int i = 0; i < 2_000; i++) {
                share.miss();
                share.returned();
                share.discarded(RemovalReason.NOT_ADMITTED);
              }
            })
        .get();
    handedOver.look(LETTERS, book, AFTER, found::add);
    assertThat(found).isEmpty();
  }
}
