package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DebtsTest {
  private final Debts debts = new Debts();

  @Test
  void missHasTheCauseOfTheLatestRemovalThatIsNotPaidFor() {
    debts.owe(MissCause.EVICTED, 10);
    debts.owe(MissCause.EVICTED, 10);
    debts.owe(MissCause.INVALID, 10);
    assertThat(debts.pay()).isEqualTo(MissCause.INVALID);
    assertThat(debts.pay()).isEqualTo(MissCause.EVICTED);
    assertThat(debts.pay()).isEqualTo(MissCause.EVICTED);
    assertThat(debts.pay()).isNull();
  }

  @Test
  void noMoreAreOwedThanThePoolHasUseForAndTheOldestGo() {
    for (int i = 0; i < 5; i++) {
      debts.owe(MissCause.EVICTED, 4);
    }
    assertThat(debts.sum()).isEqualTo(4);
    debts.owe(MissCause.CAPACITY, 4);
    debts.owe(MissCause.CAPACITY, 4);
    assertThat(debts.sum()).isEqualTo(4);
    assertThat(debts.pay()).isEqualTo(MissCause.CAPACITY);
    assertThat(debts.pay()).isEqualTo(MissCause.CAPACITY);
    assertThat(debts.pay()).isEqualTo(MissCause.EVICTED);
    debts.owe(MissCause.INVALID, 0);
    assertThat(debts.pay()).isNull();
  }

  @Test
  void manyAreOwedAndMovedAtOnce() {
    debts.owe(MissCause.EVICTED, 5, 4);
    assertThat(debts.sum()).isEqualTo(4);
    debts.owe(MissCause.OWNER_GONE, 3, 6);
    assertThat(debts.sum()).isEqualTo(6);

    Debts other = new Debts();
    debts.moveTo(other, 5);
    assertThat(debts.pay()).isNull();
    assertThat(other.sum()).as("the oldest is forgotten").isEqualTo(5);
    for (int i = 0; i < 3; i++) {
      assertThat(other.pay()).isEqualTo(MissCause.OWNER_GONE);
    }
    assertThat(other.pay()).isEqualTo(MissCause.EVICTED);
  }

  @Test
  void halfIsForgottenInTime() {
    for (int i = 0; i < 5; i++) {
      debts.owe(MissCause.CLEARED, 100);
    }
    debts.halve();
    assertThat(debts.sum()).isEqualTo(2);
    debts.halve();
    debts.halve();
    assertThat(debts.pay()).isNull();
  }

  @Test
  void eachIsPaidOnceByManyThreads() throws Exception {
    AtomicInteger paid = new AtomicInteger();
    AtomicInteger unpaid = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      MissCause cause = i % 2 == 0 ? MissCause.EVICTED : MissCause.INVALID;
      Thread thread =
          new Thread(
              () -> {
                for (int round = 0; round < 50_000; round++) {
                  debts.owe(cause, Integer.MAX_VALUE);
                  if (debts.pay() == null) {
                    unpaid.incrementAndGet();
                  } else {
                    paid.incrementAndGet();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(paid.get() + debts.sum()).isEqualTo(200_000);
    assertThat(unpaid.get()).isEqualTo(debts.sum());
  }

  @Test
  void markOfUseComesDownByHalfInTenMinutesAndNeverBelowWhatIsInUse() {
    HighWater water = new HighWater();
    assertThat(water.raise(100)).isTrue();
    assertThat(water.raise(100)).isFalse();
    for (int second = 0; second < 600; second++) {
      water.decay(20, 1_000_000_000L);
    }
    assertThat(water.mark()).isBetween(59, 61);
    assertThat(water.raise(50)).isFalse();
    for (int second = 0; second < 36_000; second++) {
      water.decay(20, 1_000_000_000L);
    }
    assertThat(water.mark()).isBetween(20, 21);
    assertThat(water.raise(22)).isTrue();
  }
}
