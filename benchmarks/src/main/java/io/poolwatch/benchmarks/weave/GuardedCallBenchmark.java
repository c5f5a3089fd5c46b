package io.poolwatch.benchmarks.weave;

import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A call of a method of a lent object, 64 of them in turn, as many others idle: bare, and with
 * {@code -javaagent:poolwatch.jar} among the JVM's arguments. The set-up waits until the agent has
 * woven the class.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardedCallBenchmark {
  private static final int LENT = 64;

  /** What is pooled. */
  public static class Counter {
    private long n;

    /** Does next to nothing. */
    public void add(long x) {
      n += x;
    }

    /** The same under the object's own lock. */
    public synchronized void addLocked(long x) {
      n += x;
    }
  }

  private final Counter[] counters = new Counter[LENT];
  private final GenericObjectPool<Counter> pool = open();
  private int next;

  private static GenericObjectPool<Counter> open() {
    GenericObjectPoolConfig<Counter> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(-1);
    config.setMaxIdle(-1);
    config.setJmxEnabled(false);
    return new GenericObjectPool<>(
        new BasePooledObjectFactory<Counter>() {
          @Override
          public Counter create() {
            return new Counter();
          }

          @Override
          public PooledObject<Counter> wrap(Counter counter) {
            return new DefaultPooledObject<>(counter);
          }
        },
        config);
  }

  /** Lends some objects and leaves as many idle. */
  @Setup
  public void lend() throws Exception {
    for (int i = 0; i < LENT; i++) {
      counters[i] = pool.borrowObject();
    }
    pool.addObjects(LENT);
    Thread.sleep(3_000);
  }

  /** A call. */
  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public void call() {
    counters[next++ & (LENT - 1)].add(next);
  }

  /** A call of a synchronized method. */
  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public void lockedCall() {
    counters[next++ & (LENT - 1)].addLocked(next);
  }

  /** A borrow, a call and a return. */
  @Benchmark
  public void loan() throws Exception {
    Counter counter = pool.borrowObject();
    counter.add(1);
    pool.returnObject(counter);
  }
}
