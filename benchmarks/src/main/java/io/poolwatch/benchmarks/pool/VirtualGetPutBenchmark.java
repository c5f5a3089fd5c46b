package io.poolwatch.benchmarks.pool;

import io.poolwatch.pool.ThreadLocalPool;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same on virtual threads: each call starts one or two of them, which get and put a million
 * times each. The figure is the time of one pair in one thread, so two threads that do not hinder
 * each other show the figure of one. Needs JDK 21 or newer; the command is in {@link
 * GetPutBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class VirtualGetPutBenchmark {

  private static final int PAIRS = 1_000_000;

  private final ThreadLocalPool<byte[]> pool =
      ThreadLocalPool.<byte[]>builder(() -> new byte[64]).name("buffers").build();

  private final Executor virtual = virtualThreads();

  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public void oneThread() throws InterruptedException {
    run(1);
  }

  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public void twoThreads() throws InterruptedException {
    run(2);
  }

  private void run(int threads) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      virtual.execute(
          () -> {
            pairs();
            ended.countDown();
          });
    }
    ended.await();
  }

  private void pairs() {
    for (int i = 0; i < PAIRS; i++) {
      byte[] buffer = pool.get();
      buffer[0]++;
      pool.put(buffer);
    }
  }

  private static Executor virtualThreads() {
    try {
      return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("virtual threads need JDK 21 or newer", e);
    }
  }
}
