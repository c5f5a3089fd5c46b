package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.Pooled;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * Many threads that take objects from one Recycler and give them back, their own and each other's,
 * and count what they do. All is given back in the end; then the books must agree to the unit.
 *
 * <p>Generation 1 does not tell how many objects wait in its queues, and drops some as their owner
 * takes them over. So there each thread takes all it can get in the end, until nothing is idle.
 */
final class RecyclerMix {
  private static final int THREADS = 8;

  /** So many misses in a row leave nothing in a queue: each looks at one chunk of every queue. */
  private static final int CERTAINLY_EMPTY = 300;

  private final Netty netty;
  private final int rounds;
  final AtomicLong gets = new AtomicLong();
  final AtomicLong made = new AtomicLong();
  final AtomicLong madeForGood = new AtomicLong();
  final AtomicLong returns = new AtomicLong();
  final AtomicLong failures = new AtomicLong();
  final AtomicLong idleByLibrary = new AtomicLong();
  private final AtomicReferenceArray<Pooled> exchange = new AtomicReferenceArray<>(32);
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();
  private final ThreadLocal<long[]> calls = ThreadLocal.withInitial(() -> new long[1]);
  private final Queue<Pooled> drained = new ConcurrentLinkedQueue<>();
  private Netty.Pool pool;
  private boolean experimenting;
  private boolean late;

  RecyclerMix(Netty netty, int rounds) {
    this.netty = netty;
    this.rounds = rounds;
  }

  /** Has the gets served with the pool and without in turn, a millisecond each. */
  RecyclerMix experimenting() {
    experimenting = true;
    return this;
  }

  /** Compares what is known where the classes were loaded already. */
  RecyclerMix late() {
    late = true;
    return this;
  }

  /** Makes one object; one in 500 tries fails. */
  Object make(Object handle) {
    calls.get()[0]++;
    if (failures.get() * 500 < made.get()) {
      failures.incrementAndGet();
      throw new UnsupportedOperationException("planted");
    }
    made.incrementAndGet();
    if (netty.isNoop(handle)) {
      madeForGood.incrementAndGet();
    }
    return new Pooled(handle);
  }

  /**
   * Runs to the end and compares.
   *
   * @param threads makes a thread of the kind that is to be used
   * @return the books, read while the threads still live
   */
  Tally run(Netty.Pool recycler, Function<Runnable, Thread> threads) throws Exception {
    pool = recycler;
    try (ScriptedCollections collections = new ScriptedCollections()) {
      return run(threads, collections);
    }
  }

  private Tally run(Function<Runnable, Thread> threads, ScriptedCollections collections)
      throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    CountDownLatch done = new CountDownLatch(THREADS);
    CountDownLatch read = new CountDownLatch(1);
    AtomicInteger seed = new AtomicInteger();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          threads.apply(
              () -> {
                try {
                  work(new Random(seed.incrementAndGet()));
                  if (barrier.await() == 0) {
                    returnExchanged();
                  }
                  barrier.await();
                  if (netty.generation() == 1) {
                    drain();
                  }
                  idleByLibrary.addAndGet(netty.idleNow(pool));
                } catch (Throwable failure) {
                  thrown.compareAndSet(null, failure);
                  barrier.reset();
                } finally {
                  done.countDown();
                }
                awaitUninterruptibly(read);
              });
      running.add(thread);
      thread.start();
    }
    long hits = 0;
    boolean unpooled = false;
    while (done.getCount() > 0) {
      if (experimenting) {
        unpooled = !unpooled;
        netty.unpooled(unpooled);
      }
      hits = neverLess(hits);
      if (done.getCount() % 2 == 0) {
        collections.promoteAll(PromotionKind.AGED);
      }
      Thread.sleep(1);
    }
    collections.promoteAll(PromotionKind.FULL);
    Tally tally = netty.tally(Pooled.class);
    read.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    if (thrown.get() != null) {
      throw new AssertionError(netty.version, thrown.get());
    }
    compare(tally);
    return tally;
  }

  private long neverLess(long hits) {
    if (made.get() == 0) {
      return hits;
    }
    Tally now = netty.tallyOrEmpty(Pooled.class);
    assertThat(now.borrows(BorrowOutcome.HIT)).isGreaterThanOrEqualTo(hits);
    assertThat(now.idle()).isNotNegative();
    assertThat(now.used()).isNotNegative();
    balances(now);
    return now.borrows(BorrowOutcome.HIT);
  }

  private void compare(Tally tally) {
    assertThat(tally.borrows()).as("gets").isEqualTo(gets.get());
    assertThat(tally.borrows(BorrowOutcome.MISS)).as("misses").isEqualTo(made.get());
    assertThat(tally.borrows(BorrowOutcome.ERROR)).as("errors").isEqualTo(failures.get());
    assertThat(tally.borrows(BorrowOutcome.HIT))
        .as("hits")
        .isEqualTo(gets.get() - made.get() - failures.get());
    assertThat(tally.created()).as("created").isEqualTo(made.get());
    assertThat(tally.returns()).as("returns").isEqualTo(returns.get());
    assertThat(tally.returns(ReturnOutcome.REJECTED)).as("rejected").isZero();
    assertThat(tally.removed(RemovalReason.LEAKED)).as("leaked").isZero();
    assertThat(tally.knowsIdle()).isEqualTo(!late);
    assertThat(tally.knowsUsed()).isEqualTo(!late);
    if (!late) {
      assertThat(tally.used()).as("used").isEqualTo(drained.size());
      assertThat(tally.idle()).as("idle").isEqualTo(idle());
      tenured(tally);
    }
    if (netty.generation() != 1) {
      assertThat(
              tally.removed(RemovalReason.NOT_ADMITTED)
                  + tally.removed(RemovalReason.DISABLED)
                  + tally.removed(RemovalReason.EXPERIMENT))
          .as("made for good")
          .isEqualTo(madeForGood.get());
    } else {
      assertThat(tally.idle()).isZero(); // nor is any where it is not known
      assertThat(drained).hasSizeGreaterThan(THREADS * CERTAINLY_EMPTY);
    }
  }

  private void tenured(Tally tally) {
    balances(tally);
    if (tally.isTenuredEstimated()) {
      assertThat(tally.tenuredIdle()).as("tenured idle").isBetween(0L, tally.idle());
      assertThat(tally.tenuredUsed()).as("tenured used").isBetween(0L, tally.used());
    } else {
      // All that lives was born before the last collection.
      assertThat(tally.tenuredIdle()).as("tenured idle").isEqualTo(tally.idle());
      assertThat(tally.tenuredUsed()).as("tenured used").isEqualTo(tally.used());
    }
    assertThat(tally.tenuredRemoved()).isLessThanOrEqualTo(tally.removed());
  }

  private static void balances(Tally tally) {
    assertThat(tally.promotions())
        .isEqualTo(tally.tenuredIdle() + tally.tenuredUsed() + tally.tenuredRemoved());
  }

  /** A shared pool tells the same size to every thread. */
  private long idle() {
    return pool.isShared() ? idleByLibrary.get() / THREADS : idleByLibrary.get();
  }

  private void work(Random random) {
    ArrayDeque<Pooled> held = new ArrayDeque<>();
    for (int i = 0; i < rounds; i++) {
      take(held);
      while (held.size() > random.nextInt(12)) {
        Pooled object = random.nextBoolean() ? held.pollFirst() : held.pollLast();
        if (random.nextInt(3) == 0) {
          object = exchange.getAndSet(random.nextInt(exchange.length()), object);
        }
        giveBack(object);
      }
    }
    while (!held.isEmpty()) {
      giveBack(held.poll());
    }
  }

  private void drain() {
    ArrayDeque<Pooled> held = new ArrayDeque<>();
    for (int misses = 0; misses < CERTAINLY_EMPTY; misses++) {
      long before = calls.get()[0];
      take(held);
      if (calls.get()[0] == before) {
        misses = 0;
      }
    }
    drained.addAll(held);
  }

  private void take(ArrayDeque<Pooled> held) {
    gets.incrementAndGet();
    try {
      held.add((Pooled) pool.get());
    } catch (UnsupportedOperationException planted) {
      return;
    }
  }

  private void giveBack(Pooled object) {
    if (object != null) {
      if (!netty.isNoop(object.handle)) {
        returns.incrementAndGet();
      }
      pool.recycle(object, object.handle);
    }
  }

  private void returnExchanged() {
    for (int i = 0; i < exchange.length(); i++) {
      giveBack(exchange.getAndSet(i, null));
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
