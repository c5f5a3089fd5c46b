package io.poolwatch.benchmarks.copies;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** Threads that do one kind of work when they are told to, all at once. */
final class Crew {
  private final Work work;
  private final int threads;
  private final CyclicBarrier start;
  private final CyclicBarrier end;
  private volatile int pairs;

  Crew(Work work, int threads) {
    this.work = work;
    this.threads = threads;
    start = new CyclicBarrier(threads + 1);
    end = new CyclicBarrier(threads + 1);
    for (int i = 0; i < threads; i++) {
      Thread thread = work.thread(this::run);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        start.await();
        work.pairs(pairs);
        end.await();
      }
    } catch (Exception unexpected) {
      unexpected.printStackTrace();
      System.exit(1);
    }
  }

  /** Has each thread do so many pairs; gives the nanoseconds that one took one thread. */
  double nanos(int many) throws InterruptedException, BrokenBarrierException {
    pairs = many;
    start.await();
    long began = System.nanoTime();
    end.await();
    return (double) (System.nanoTime() - began) / many;
  }

  @Override
  public String toString() {
    return work.getClass().getSimpleName() + " on " + threads;
  }
}
