package io.poolwatch.benchmarks.weave;

import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Borrowing one object from a Commons Pool2 {@code GenericObjectPool} that all threads share and
 * returning it. Run by {@link CompareForks}, with as many objects as threads, so that nobody waits
 * for an object, only for the pool's own lock.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Pool2PairBenchmark {
  private final GenericObjectPool<StringBuilder> pool = open();

  private static GenericObjectPool<StringBuilder> open() {
    GenericObjectPoolConfig<StringBuilder> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(16);
    config.setMaxIdle(16);
    config.setJmxEnabled(false);
    return new GenericObjectPool<>(
        new BasePooledObjectFactory<StringBuilder>() {
          @Override
          public StringBuilder create() {
            return new StringBuilder();
          }

          @Override
          public PooledObject<StringBuilder> wrap(StringBuilder builder) {
            return new DefaultPooledObject<>(builder);
          }
        },
        config);
  }

  /** Closes the pool. */
  @TearDown
  public void close() {
    pool.close();
  }

  /** One borrow and one return. */
  @Benchmark
  public StringBuilder borrowAndReturn() throws Exception {
    StringBuilder builder = pool.borrowObject();
    pool.returnObject(builder);
    return builder;
  }
}
