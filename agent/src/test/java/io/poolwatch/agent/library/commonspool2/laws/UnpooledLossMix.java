package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.Tally;
import io.poolwatch.woven.commonspool2.LendingPool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Four threads of which one object in ten is lost, while turns change, the collector runs and what
 * is lost is looked for: no place is lost with them, and none is freed twice.
 */
public class UnpooledLossMix implements Callable<Void> {
  private static final int THREADS = 4;
  private static final int STEPS = 4_000;

  private final Maker factory = new Maker.Resetting();
  private final GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);
  private final ObjectBook book = Figures.bookOf(pool);
  private final Ledger ledger = new Ledger((system, facts) -> "toys", 200);
  private final AtomicLong borrowed = new AtomicLong();

  @Override
  public Void call() throws Exception {
    pool.setMaxTotal(1 << 20);
    assertThat(book.whyNotUnpooled()).isNull();
    ledger.snapshot();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        all.add(threads.submit(() -> run(random)));
      }
      for (int turn = 0; !all.stream().allMatch(Future::isDone); turn++) {
        book.unpooled(turn % 3);
        ledger.tick(System.nanoTime());
        System.gc();
        Thread.sleep(1);
      }
      for (Future<Void> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    settle();
    return null;
  }

  private Void run(SplittableRandom random) throws Exception {
    for (int i = 0; i < STEPS; i++) {
      Toy one = pool.borrowObject();
      Toy other = pool.borrowObject();
      borrowed.addAndGet(2);
      pool.returnObject(one);
      if (random.nextInt(10) > 0) {
        pool.returnObject(other);
      }
    }
    return null;
  }

  /** What the pool lent itself and was lost is its own until it ends. */
  private void settle() throws Exception {
    book.unpooled(0);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    AtomicLong places = ((LendingPool) pool).poolwatch$createCount();
    while (places.get() != pool.getNumActive() + pool.getNumIdle()) {
      assertThat(System.nanoTime())
          .as("%s places, %s of the pool's", places, pool.getNumActive() + pool.getNumIdle())
          .isLessThan(until);
      System.gc();
      ledger.tick(System.nanoTime());
      pool.returnObject(pool.borrowObject());
      borrowed.incrementAndGet();
    }
    Tally tally = Figures.tally(pool);
    String all = Figures.line(pool);
    assertThat(tally.misses(MissCause.EXPERIMENT)).as(all).isPositive();
    assertThat(tally.borrows()).as(all).isEqualTo(borrowed.get());
    assertThat(tally.created()).as(all).isEqualTo(factory.made.get());
    assertThat(tally.created()).as(all).isEqualTo(tally.idle() + tally.used() + tally.removed());
    assertThat(tally.used()).as(all).isEqualTo(pool.getNumActive());
  }
}
