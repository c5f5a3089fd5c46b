package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ObjectBookTest {
  private final ObjectBook book = new ObjectBook(Systems.everything(), Systems.facts());

  private Tally tally() {
    Tally tally = new Tally();
    book.tally(tally);
    return tally;
  }

  @Test
  void objectMadeByItsBorrowIsAMissAndLaterLoansAreHits() {
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    book.returned(life);
    book.lent(life, false);

    Tally tally = tally();
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(1);
    assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
    assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(1);
    assertThat(tally.used()).isEqualTo(1);
    assertThat(tally.idle()).isZero();
  }

  @Test
  void prefilledObjectIsAHitWhenFirstLent() {
    Life life = new Life();
    book.created(life, null);
    book.shelved(life);
    assertThat(tally().idle()).isEqualTo(1);
    book.lent(life, false);

    assertThat(tally().borrows(BorrowOutcome.HIT)).isEqualTo(1);
    assertThat(tally().borrows(BorrowOutcome.MISS)).isZero();
  }

  @Test
  void madeObjectThatIsNeitherLentNorShelvedCountsAsUsed() {
    book.created(new Life(), null);

    assertThat(tally().used()).isEqualTo(1);
    assertThat(tally().created()).isEqualTo(1);
  }

  @Test
  void removalIsCountedOnceHoweverOftenTheLibraryDestroys() {
    Life life = new Life();
    book.created(life, null);
    book.shelved(life);

    assertThat(book.removed(life, RemovalReason.CLEARED)).isTrue();
    assertThat(book.removed(life, RemovalReason.EVICTED)).isFalse();
    assertThat(tally().removed(RemovalReason.CLEARED)).isEqualTo(1);
    assertThat(tally().removed()).isEqualTo(1);
  }

  @Test
  void mostUsedIsWhatWasLentSinceTheLastQuestion() {
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Life life = new Life();
      book.created(life, null);
      book.lent(life, true);
      lives.add(life);
    }
    lives.forEach(book::returned);
    assertThat(book.mostUsedSinceLast()).isEqualTo(100);
    for (int round = 0; round < 1_000; round++) {
      for (Life life : lives.subList(0, 3)) {
        book.lent(life, false);
        book.returned(life);
      }
    }
    book.lent(lives.get(3), false);

    assertThat(book.mostUsedSinceLast()).isEqualTo(4);
    assertThat(book.mostUsedSinceLast()).isEqualTo(1);
  }

  @Test
  void mostUsedIsNoLessForObjectsThatCameAndWent() {
    book.mostUsedSinceLast();
    for (int i = 0; i < 10; i++) {
      Life life = new Life();
      book.created(life, null);
      book.lent(life, true);
      book.discarded(life, RemovalReason.CAPACITY);
    }
    tally();

    assertThat(book.mostUsedSinceLast()).isEqualTo(10);
  }

  @Test
  void invalidatedLoanIsNoReturn() {
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    book.removed(life, RemovalReason.INVALIDATED);

    assertThat(tally().returns()).isZero();
    assertThat(tally().used()).isZero();
    assertThat(tally().created()).isEqualTo(1);
  }

  @Test
  void discardedLoanIsOneReturnAndOneRemoval() {
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);

    assertThat(book.discarded(life, RemovalReason.CAPACITY)).isTrue();
    assertThat(book.discarded(life, RemovalReason.CAPACITY)).isFalse();
    assertThat(tally().returns(ReturnOutcome.DISCARDED)).isEqualTo(1);
    assertThat(tally().returns(ReturnOutcome.POOLED)).isZero();
    assertThat(tally().removed(RemovalReason.CAPACITY)).isEqualTo(1);
  }

  @Test
  void returnOfWhatIsNotLentChangesNothing() {
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    book.returned(life);

    assertThat(book.returned(life)).isFalse();
    assertThat(tally().returns(ReturnOutcome.POOLED)).isEqualTo(1);
  }

  @Test
  void poolWithoutChecksCountsWhatItDid() {
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    book.returned(life);
    assertThat(book.returnedOddly(life)).isEqualTo(ViolationKind.DOUBLE_RETURN);
    book.lent(life, false);
    book.lent(life, false);

    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(3);
    assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(2);
    assertThat(tally.created()).isEqualTo(1);
    assertThat(tally.used()).isEqualTo(1);
  }

  @Test
  void stillbornObjectIsCreatedAndRemovedAtOnce() {
    book.stillborn(new Life(), RemovalReason.INVALID);

    assertThat(tally().created()).isEqualTo(1);
    assertThat(tally().removed(RemovalReason.INVALID)).isEqualTo(1);
    assertThat(tally().used() + tally().idle()).isZero();
  }

  @Test
  void hundredThousandRemovedObjectsLeaveNoLifeBehind() {
    for (int i = 0; i < 100_000; i++) {
      Life life = new Life();
      book.created(life, null);
      book.lent(life, true);
      book.discarded(life, RemovalReason.CAPACITY);
    }
    assertThat(book.listed()).isLessThan(1_000);
    assertThat(tally().created()).isEqualTo(100_000);
  }

  @Test
  void sumsHoldOnManyThreadsInEverySnapshotAndToTheUnitAtTheEnd() throws Exception {
    int threads = 8;
    AtomicLong borrows = new AtomicLong();
    AtomicLong made = new AtomicLong();
    AtomicLong pooled = new AtomicLong();
    AtomicLong removed = new AtomicLong();
    Deque<Life> idle = new ArrayDeque<>();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService executor = Executors.newFixedThreadPool(threads + 1);
    try {
      Future<?> reader =
          executor.submit(
              (Callable<Void>)
                  () -> {
                    while (!done.get()) {
                      Tally tally = tally();
                      assertThat(tally.idle()).isNotNegative();
                      assertThat(tally.used()).isNotNegative();
                      assertThat(tally.created())
                          .isEqualTo(tally.idle() + tally.used() + tally.removed());
                      assertThat(tally.returns()).isLessThanOrEqualTo(tally.borrows());
                    }
                    return null;
                  });
      List<Future<?>> workers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        SplittableRandom random = new SplittableRandom(t);
        workers.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    Life life;
                    synchronized (idle) {
                      life = idle.pollFirst();
                    }
                    boolean miss = life == null;
                    if (life == null) {
                      life = new Life();
                      book.created(life, null);
                      made.incrementAndGet();
                    }
                    book.lent(life, miss);
                    borrows.incrementAndGet();
                    int fate = random.nextInt(10);
                    if (fate == 0) {
                      book.discarded(life, RemovalReason.INVALID);
                      removed.incrementAndGet();
                    } else if (fate == 1) {
                      book.removed(life, RemovalReason.INVALIDATED);
                      removed.incrementAndGet();
                    } else {
                      book.returned(life);
                      pooled.incrementAndGet();
                      synchronized (idle) {
                        idle.addFirst(life);
                      }
                    }
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
      done.set(true);
      reader.get();
    } finally {
      executor.shutdownNow();
    }
    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(borrows.get());
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(made.get());
    assertThat(tally.created()).isEqualTo(made.get());
    assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(pooled.get());
    assertThat(tally.removed()).isEqualTo(removed.get());
    assertThat(tally.idle()).isEqualTo(idle.size());
    assertThat(tally.used()).isZero();
  }

  @Test
  void twoThreadsThatEndOneLoanCountItOnce() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 2_000; i++) {
        Life life = new Life();
        book.created(life, null);
        book.lent(life, true);
        Future<Boolean> first = executor.submit(() -> book.discarded(life, RemovalReason.INVALID));
        Future<Boolean> second =
            executor.submit(() -> book.removed(life, RemovalReason.INVALIDATED));
        assertThat(first.get() ^ second.get()).isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(tally().removed()).isEqualTo(2_000);
    assertThat(tally().used()).isZero();
  }

  @Test
  void nothingThatTheHolderWritesUndoesARemovalByAnother() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    long borrows = 0;
    long pooled = 0;
    int objects = 2_000;
    try {
      for (int i = 0; i < objects; i++) {
        Life life = new Life();
        book.created(life, null);
        int loans = i % 50;
        CountDownLatch together = new CountDownLatch(2);
        Future<Integer> holder =
            executor.submit(
                () -> {
                  together.countDown();
                  together.await();
                  int returned = 0;
                  for (int loan = 0; loan <= loans; loan++) {
                    book.lent(life, false);
                    returned += book.returned(life) ? 1 : 0;
                  }
                  return returned;
                });
        together.countDown();
        together.await();
        assertThat(book.removed(life, RemovalReason.INVALIDATED)).isTrue();
        borrows += loans + 1;
        pooled += holder.get();
        assertThat(life.isRemoved()).isTrue();
        assertThat(book.removed(life, RemovalReason.CLEARED)).isFalse();
      }
    } finally {
      executor.shutdownNow();
    }
    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(borrows);
    assertThat(tally.returns()).isEqualTo(pooled);
    assertThat(tally.removed(RemovalReason.INVALIDATED)).isEqualTo(objects);
    assertThat(tally.created()).isEqualTo(objects);
    assertThat(tally.idle() + tally.used()).isZero();
  }

  @Test
  void ofTwoReturnsAtATimeOneCountsWhereNothingKeepsThemApart() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    int loans = 5_000;
    Life life = new Life();
    life.contested();
    book.created(life, null);
    try {
      for (int i = 0; i < loans; i++) {
        book.lent(life, i == 0);
        CountDownLatch together = new CountDownLatch(2);
        Callable<Boolean> giveBack =
            () -> {
              together.countDown();
              together.await();
              return book.returned(life);
            };
        Future<Boolean> first = executor.submit(giveBack);
        Future<Boolean> second = executor.submit(giveBack);
        assertThat(first.get() ^ second.get()).isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(tally().returns(ReturnOutcome.POOLED)).isEqualTo(loans);
    assertThat(tally().borrows()).isEqualTo(loans);
    assertThat(tally().idle()).isEqualTo(1);
  }
}
