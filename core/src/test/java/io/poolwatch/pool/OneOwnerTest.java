package io.poolwatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No object has two owners and no event is counted twice or lost, with any number of threads, with
 * stealing, owners that end and collections. {@code -Dpoolwatch.stress.seconds=60} runs longer.
 */
class OneOwnerTest {

  private static final double SECONDS =
      Double.parseDouble(System.getProperty("poolwatch.stress.seconds", "2"));

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 32})
  void platformThreadsNeverShareAnObjectAndBooksAreExact(int maxShared) throws Exception {
    PoolStress stress = new PoolStress(maxShared);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      stress.run(threads, SECONDS);
    } finally {
      threads.shutdownNow();
    }
    Counts counts = stress.check();
    // Tasks hold up to eight, so short queues overflow; a long one need not.
    if (maxShared < 8) {
      assertThat(counts.putsDropped(DropReason.FULL)).isPositive();
    }
  }

  @Test
  void idleIsWhatLiesThereAfterManyThreadsWithoutCollections() throws Exception {
    GcEpoch still = new GcEpoch();
    ThreadLocalPool<Object> pool = ThreadLocalPool.<Object>builder(Object::new).build(still);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch known = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                useTwo(pool, 1);
                // What a thread that has ended kept goes when the next one registers.
                known.countDown();
                awaitAll(known);
                useTwo(pool, 99_999);
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    Counts counts = pool.counts();
    assertThat(counts.gets()).isEqualTo(8 * 200_000);
    assertThat(counts.collected() + counts.ownerGone()).isZero();
    assertThat(counts.idle()).isPositive().isEqualTo(pool.countIdle());
    assertThat(counts.putsKept()).isEqualTo(counts.hits() + counts.idle());

    still.clock.incrementAndGet();
    still.sweepAll();
    Counts after = pool.counts();
    assertThat(after.ownerGone()).isEqualTo(counts.idle());
    assertThat(after.idle()).isZero();
    assertThat(pool.countIdle()).isZero();
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException unexpected) {
      Thread.currentThread().interrupt();
    }
  }

  private static void useTwo(ThreadLocalPool<Object> pool, int times) {
    for (int i = 0; i < times; i++) {
      Object one = pool.get();
      Object two = pool.get();
      pool.put(one);
      pool.put(two);
    }
  }
}
