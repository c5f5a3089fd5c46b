package io.poolwatch.agent.library.threadlocal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.poolwatch.agent.weave.WovenLoader;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.pool.ThreadLocalPool;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A bundled pool without which borrows are served for a while. */
class ThreadLocalExperimentTest extends WatchedPools {
  @Test
  void whileAnExperimentHasItsTurnAGetMakesAndAPutKeepsNothing() {
    AtomicBoolean reset = new AtomicBoolean();
    WovenPool pool = builder().reset(object -> reset.set(true)).build();
    Object pooled = pool.get();
    pool.put(pooled);
    unpooled(true);
    reset.set(false);
    Object made = pool.get();
    assertThat(made).isNotSameAs(pooled);
    pool.put(made);
    assertThat(reset).isTrue();
    assertThat(pool.get()).isNotSameAs(made).isNotSameAs(pooled);
    unpooled(false);
    assertThat(pool.get()).isSameAs(pooled);

    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(4).isEqualTo(pool.own("gets"));
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(3).isEqualTo(pool.own("misses"));
    assertThat(tally.misses(MissCause.EXPERIMENT)).isEqualTo(2);
    assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(pool.own("putsDropped"));
    assertThat(tally.removed(RemovalReason.EXPERIMENT)).isEqualTo(2);
    assertThat(tally.created()).isEqualTo(3);
    assertThat(tally.used()).isEqualTo(1);
  }

  @Test
  void whatIsCountedTwiceToFindOutWhatThatTakesIsInTheCountsOnce() throws Exception {
    WovenPool pool = builder().buildStill();
    pool.put(pool.get());
    ledger.snapshot();
    ledger.visit((identity, book) -> book.unpooled(2));
    for (int i = 0; i < 10; i++) {
      pool.put(pool.get());
    }
    inAnotherThread(() -> pool.put(pool.get()));
    unpooled(false);

    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(12).isEqualTo(pool.own("gets"));
    assertThat(tally.misses(MissCause.EXPERIMENT)).isEqualTo(11);
    assertThat(tally.returns(ReturnOutcome.DISCARDED))
        .isEqualTo(11)
        .isEqualTo(pool.own("putsDropped"));
    assertThat(tally.removed(RemovalReason.EXPERIMENT)).isEqualTo(11);
    assertThat(tally.created()).isEqualTo(12);
  }

  @Test
  void whatIsLentWithoutThePoolIsNotKeptAlive() {
    WovenPool pool = builder().buildStill();
    pool.put(pool.get());
    unpooled(true);
    WeakReference<Object> lost = new WeakReference<>(pool.get());
    WeakReference<Object> back = new WeakReference<>(pool.get());
    pool.put(back.get());
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(lost.get()).isNull();
              assertThat(back.get()).isNull();
            });
    unpooled(false);

    Tally tally = tally();
    assertThat(tally.created()).isEqualTo(3);
    assertThat(tally.removed(RemovalReason.EXPERIMENT)).isEqualTo(2).isEqualTo(tally.removed());
    assertThat(tally.idle()).isEqualTo(1);
  }

  @Test
  void countsAgreeOnManyThreadsDuringAnExperiment() throws Exception {
    WovenPool pool = builder().buildStill();
    pool.put(pool.get());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 20_000; round++) {
                    Object one = pool.get();
                    Object other = pool.get();
                    assertThat(one).isNotSameAs(other);
                    pool.put(one);
                    pool.put(other);
                  }
                }));
      }
      boolean now = false;
      for (Future<?> each : running) {
        while (!each.isDone()) {
          now = !now;
          unpooled(now);
          Tally tally = tally();
          assertThat(tally.idle()).isNotNegative();
          assertThat(tally.used()).isNotNegative();
          assertThat(tally.created()).isEqualTo(tally.idle() + tally.used() + tally.removed());
          Thread.sleep(1);
        }
        each.get();
      }
      Tally tally = tally();
      assertThat(tally.borrows()).isEqualTo(2 * 8 * 20_000 + 1).isEqualTo(pool.own("gets"));
      assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(pool.own("misses"));
      assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(pool.own("hits"));
      assertThat(tally.misses(MissCause.EXPERIMENT)).isPositive();
      assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(pool.own("putsKept"));
      assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(pool.own("putsDropped"));
      assertThat(tally.removed(RemovalReason.LEAKED)).isZero();
    } finally {
      threads.shutdown();
    }
  }

  private void unpooled(boolean now) {
    ledger.snapshot();
    ledger.visit((identity, book) -> book.unpooled(now ? 1 : 0));
  }

  @Test
  void withoutAnExperimentNothingOfItIsWoven() throws Exception {
    WovenLoader bare =
        WovenLoader.of(
            new ThreadLocalPoolLibrary(false, false),
            ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation());
    bare.loadClass(ThreadLocalPool.class.getName());
    assertThat(new String(bare.fileOf(ThreadLocalPool.class.getName()), ISO_8859_1))
        .doesNotContain("UnpooledHooks");
  }
}
