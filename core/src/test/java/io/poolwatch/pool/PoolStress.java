package io.poolwatch.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many threads get and put tokens that can tell when they have two owners, while collections run.
 * What the threads did is counted by themselves, in other words than the pool's, and compared.
 *
 * <p>Also a program, for JVMs that the build does not run on: {@code PoolStress virtual|platform
 * SECONDS} ends with the line {@code PASSED} and the counts, or with an exception.
 */
final class PoolStress {

  /** Claimed by whoever got it, released just before it is put. */
  static final class Token {
    final AtomicInteger owners = new AtomicInteger();

    /** Written without synchronisation: a put must make it visible to the next get. */
    long writer;

    long copy;

    void claim() {
      if (!owners.compareAndSet(0, 1)) {
        throw new AssertionError("a token was handed to two owners");
      }
      if (writer != copy) {
        throw new AssertionError("a token was seen half written");
      }
    }

    void release(long by) {
      writer = by;
      copy = by;
      owners.set(0);
    }
  }

  private static final int TASKS = 12;

  private final LongAdder gets = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder created = new LongAdder();
  private final LongAdder failed = new LongAdder();
  final ThreadLocalPool<Token> pool;

  PoolStress(int maxShared) {
    pool = ThreadLocalPool.<Token>builder(this::create).name("stress").maxShared(maxShared).build();
  }

  public static void main(String[] args) throws Exception {
    ExecutorService threads =
        args[0].equals("virtual")
            ? (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null)
            : Executors.newCachedThreadPool();
    PoolStress stress = new PoolStress(4);
    stress.run(threads, Double.parseDouble(args[1]));
    threads.shutdown();
    System.out.println("PASSED " + stress.check());
  }

  private Token create() {
    if (ThreadLocalRandom.current().nextInt(50) == 0) {
      failed.increment();
      throw new IllegalArgumentException("planted");
    }
    created.increment();
    return new Token();
  }

  /** Runs rounds of short tasks, so that threads of a growing pool come and go too. */
  void run(ExecutorService threads, double seconds) throws Exception {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    do {
      List<Future<?>> round = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        round.add(threads.submit(this::task));
      }
      round.add(threads.submit(() -> inThreadThatEnds(end)));
      System.gc();
      for (Future<?> one : round) {
        one.get(60, TimeUnit.SECONDS);
      }
    } while (System.nanoTime() < end);
    letTheIdleGo();
  }

  /** While one thread works on with one object, two collections must take the other idle ones. */
  private void letTheIdleGo() throws InterruptedException {
    List<Token> mine = new ArrayList<>();
    while (mine.size() < 4) {
      get(mine);
    }
    mine.forEach(this::put);
    long before = pool.counts().collected();
    for (int i = 0; i < 200 && pool.counts().collected() == before; i++) {
      System.gc();
      Thread.sleep(10);
      for (int pair = 0; pair < 5_000; pair++) {
        List<Token> one = new ArrayList<>();
        get(one);
        one.forEach(this::put);
      }
    }
  }

  private void inThreadThatEnds(long end) {
    Thread thread = new Thread(this::task);
    thread.start();
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted with " + (end - System.nanoTime()) + " ns", e);
    }
  }

  private void task() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    List<Token> mine = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (mine.isEmpty() || (mine.size() < 8 && random.nextInt(3) != 0)) {
        get(mine);
      } else {
        put(mine.remove(mine.size() - 1));
      }
      if (random.nextInt(5_000) == 0) {
        Thread.yield();
      }
    }
    while (!mine.isEmpty()) {
      put(mine.remove(0));
    }
  }

  private void get(List<Token> mine) {
    gets.increment();
    try {
      Token token = pool.get();
      token.claim();
      mine.add(token);
    } catch (IllegalArgumentException planted) {
      // Counted where it was thrown.
    }
  }

  private void put(Token token) {
    token.release(System.nanoTime());
    puts.increment();
    pool.put(token);
  }

  /** Compares the books with what the threads say; call when they have ended. */
  Counts check() {
    Counts counts = pool.counts();
    same("gets", counts.gets(), gets.sum());
    same("misses", counts.misses(), created.sum());
    same("errors", counts.errors(), failed.sum());
    same("puts", counts.putsKept() + counts.putsDropped(), puts.sum());
    same("hits", counts.hits(), gets.sum() - created.sum() - failed.sum());
    if (counts.hits() == 0 || counts.collected() == 0) {
      throw new AssertionError("a run without hits or collections proves nothing: " + counts);
    }
    return counts;
  }

  private static void same(String what, long counted, long expected) {
    if (counted != expected) {
      throw new AssertionError(what + ": counted " + counted + ", happened " + expected);
    }
  }
}
