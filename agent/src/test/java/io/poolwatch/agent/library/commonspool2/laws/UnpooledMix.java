package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Eight threads that borrow, return, hand over and invalidate while turns with the pool and without
 * it change every millisecond: all is counted to the unit, never more are lent than the pool may
 * have, and nobody waits for ever.
 */
public class UnpooledMix implements Callable<Void> {
  private static final int THREADS = 8;
  private static final int STEPS = 20_000;
  private static final int MOST = 16;

  private final Maker factory = new Maker.Resetting();
  private final GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);
  private final ObjectBook book = Figures.bookOf(pool);
  private final AtomicInteger lent = new AtomicInteger();
  private final AtomicLong borrowed = new AtomicLong();
  private final AtomicLong exhausted = new AtomicLong();
  private final AtomicLong returned = new AtomicLong();
  private final Deque<Toy> handedOver = new ConcurrentLinkedDeque<>();

  @Override
  public Void call() throws Exception {
    pool.setMaxTotal(MOST);
    pool.setMaxIdle(6);
    assertThat(book.whyNotUnpooled()).isNull();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        boolean patient = i % 2 == 0;
        all.add(threads.submit(() -> run(random, patient)));
      }
      for (int turn = 0; !all.stream().allMatch(Future::isDone); turn++) {
        book.unpooled(turn % 3);
        Tally now = Figures.tally(pool);
        assertThat(now.created()).isEqualTo(now.idle() + now.used() + now.removed());
        Thread.sleep(1);
      }
      for (Future<Void> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    book.unpooled(0);
    handedOver.forEach(this::giveBack);
    compare();
    fill();
    return null;
  }

  private Void run(SplittableRandom random, boolean patient) throws Exception {
    Deque<Toy> held = new ArrayDeque<>();
    for (int i = 0; i < STEPS; i++) {
      int dice = random.nextInt(100);
      if (held.isEmpty() || dice < 45 && held.size() < 3) {
        Toy toy = borrow(patient && held.isEmpty() ? -1 : 1);
        if (toy != null) {
          held.push(toy);
        }
      } else if (dice < 85) {
        giveBack(held.pop());
      } else if (dice < 95) {
        handedOver.add(held.pop());
        Toy other = handedOver.poll();
        if (other != null) {
          giveBack(other);
        }
      } else {
        lent.decrementAndGet();
        invalidate(held.pop());
      }
    }
    held.forEach(this::giveBack);
    return null;
  }

  private Toy borrow(long millis) throws Exception {
    try {
      Toy toy = pool.borrowObject(millis);
      borrowed.incrementAndGet();
      assertThat(lent.incrementAndGet()).isLessThanOrEqualTo(MOST);
      return toy;
    } catch (NoSuchElementException full) {
      exhausted.incrementAndGet();
      return null;
    }
  }

  private void invalidate(Toy toy) throws Exception {
    try {
      pool.invalidateObject(toy);
    } catch (NullPointerException knownIn261To270) {
      // It makes an object for who waits, another thread was quicker, and it adds the null.
      assertThat(Releases.has("2.6.1") && !Releases.has("2.8.0")).isTrue();
    }
  }

  private void giveBack(Toy toy) {
    lent.decrementAndGet();
    pool.returnObject(toy);
    returned.incrementAndGet();
  }

  private void compare() {
    Tally tally = Figures.tally(pool);
    String all = Figures.line(pool);
    long apart = tally.misses(MissCause.EXPERIMENT);
    assertThat(apart).as(all).isPositive();
    assertThat(tally.borrowsOfPool() - tally.borrows(BorrowOutcome.EXHAUSTED))
        .as(all)
        .isEqualTo(pool.getBorrowedCount())
        .isPositive();
    assertThat(tally.borrows(BorrowOutcome.HIT) + tally.borrows(BorrowOutcome.MISS))
        .as(all)
        .isEqualTo(borrowed.get());
    assertThat(tally.borrows(BorrowOutcome.EXHAUSTED)).as(all).isEqualTo(exhausted.get());
    assertThat(tally.borrows(BorrowOutcome.ERROR)).as(all).isZero();
    assertThat(tally.returns()).as(all).isEqualTo(returned.get());
    assertThat(tally.returns(ReturnOutcome.REJECTED)).as(all).isZero();
    assertThat(tally.created()).as(all).isEqualTo(factory.made.get());
    assertThat(tally.idle()).as(all).isEqualTo(pool.getNumIdle());
    assertThat(tally.used()).as(all).isEqualTo(pool.getNumActive()).isZero();
    assertThat(tally.pending()).as(all).isZero();
  }

  /** No place was lost: the pool may have as many as ever, and not one more. */
  private void fill() throws Exception {
    pool.setBlockWhenExhausted(false);
    for (int i = 0; i < MOST; i++) {
      pool.borrowObject();
    }
    assertThat(pool.getNumActive()).isEqualTo(MOST);
  }
}
