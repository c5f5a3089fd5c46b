package io.poolwatch.agent.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.UnpooledCounts;
import io.poolwatch.book.UnpooledPool;
import java.lang.ref.Reference;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a trial ends, the pool serves again. */
@Timeout(60)
class TrialTest {
  private static final long SLICE = 100_000_000L;

  private final PoolSystem system =
      PoolSystem.named("tried")
          .borrowOutcomes(EnumSet.of(BorrowOutcome.HIT, BorrowOutcome.MISS, BorrowOutcome.ERROR))
          .build();
  private final ShareBook book = new ShareBook(system, new PoolFacts("pool"));
  private final Object pool = new Object();
  private final Ledger ledger =
      new Ledger((of, facts) -> facts.poolClass().equals("pool") ? "pool" : null, 10);
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();
  private volatile boolean over;
  private volatile boolean everUnpooled;

  @AfterEach
  void end() {
    over = true;
    assertThat(thrown).hasValue(null);
  }

  @Test
  void endsWhereBorrowsAreNotServedWithoutThePool() throws Exception {
    Trial trial = trial(Share::hit);
    trial.run();
    assertThat(trial.ending())
        .isEqualTo("stopped: only 0 % of the borrows could be served without the pool");
    assertThatPoolServes();
  }

  @Test
  void saysWhyBorrowsAreNotServedWithoutThePoolAnyMore() throws Exception {
    UnpooledPool changed = () -> "it was changed";
    book.besides(new UnpooledCounts(changed));
    Trial trial = trial(Share::hit);
    trial.run();
    assertThat(trial.ending())
        .isEqualTo(
            "stopped: only 0 % of the borrows could be served without the pool: it was changed");
    Reference.reachabilityFence(changed);
    assertThatPoolServes();
  }

  @Test
  void endsWhereBuildingFails() throws Exception {
    Trial trial =
        trial(
            share -> {
              if (book.isUnpooled()) {
                book.failed();
              } else {
                share.hit();
              }
            });
    trial.run();
    assertThat(trial.ending()).isEqualTo("stopped as harmful: building fails");
    assertThatPoolServes();
  }

  @Test
  void endsWhenItIsAskedTo() throws Exception {
    Trial trial =
        trial(
            share -> {
              if (book.isUnpooled()) {
                book.missUnpooled();
              } else {
                share.hit();
              }
            });
    Thread thread = new Thread(trial);
    thread.start();
    while (!everUnpooled) {
      Thread.sleep(1);
    }
    trial.end(10_000);
    assertThat(trial.isOver()).isTrue();
    assertThat(trial.ending()).isEqualTo("ended with the JVM");
    assertThatPoolServes();
  }

  @Test
  void poolWhoseBooksBrokeMeanwhileServesAgain() throws Exception {
    Trial trial =
        trial(
            share -> {
              if (book.isUnpooled()) {
                while (!system.breaker().isOpen()) {
                  system.breaker().failed(new IllegalStateException("planted"));
                }
              }
              share.hit();
            });
    trial.run();
    assertThat(trial.ending()).startsWith("stopped: only 0 %");
    assertThatPoolServes();
  }

  private void assertThatPoolServes() {
    assertThat(everUnpooled).isTrue();
    assertThat(book.isUnpooled()).isFalse();
  }

  /** A trial of a pool that a thread borrows from, some thousand times a second. */
  private Trial trial(Consumer<Share> borrow) throws InterruptedException {
    book.announce(pool, Object.class);
    Thread service =
        new Thread(
            () -> {
              try {
                Share share = book.open(pool, true);
                share.miss();
                while (!over) {
                  for (int i = 0; i < 100; i++) {
                    borrow.accept(share);
                  }
                  everUnpooled |= book.isUnpooled();
                  Thread.sleep(1);
                }
              } catch (Throwable failure) {
                thrown.set(failure);
              }
            });
    service.setDaemon(true);
    service.start();
    PoolIdentity identity = null;
    while (identity == null) {
      Thread.sleep(1);
      for (PoolSnapshot each : ledger.snapshot()) {
        identity = each.identity();
      }
    }
    return new Trial(ledger, identity, SLICE, Thread.currentThread().getId());
  }
}
