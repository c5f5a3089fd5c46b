package io.poolwatch.benchmarks.weave;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A call of a method of an object that is lent by Netty's Recycler, 64 of them in turn: bare, and
 * with {@code -javaagent:poolwatch.jar} among the JVM's arguments. The set-up waits until the agent
 * has woven the class.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecycledCallBenchmark {
  private static final int LENT = 64;

  private static final Recycler<Counter> RECYCLER =
      new Recycler<Counter>() {
        @Override
        protected Counter newObject(Handle<Counter> handle) {
          return new Counter(handle);
        }
      };

  /** What is pooled. */
  static final class Counter {
    private final Recycler.Handle<Counter> handle;
    private long n;

    Counter(Recycler.Handle<Counter> handle) {
      this.handle = handle;
    }

    void add(long x) {
      n += x;
    }

    void recycle() {
      handle.recycle(this);
    }
  }

  private final Counter[] counters = new Counter[LENT];
  private int next;

  /** Lends some objects, and has one come back. */
  @Setup
  public void lend() throws InterruptedException {
    Thread borrower =
        new FastThreadLocalThread(
            () -> {
              for (int i = 0; i < LENT; i++) {
                counters[i] = RECYCLER.get();
              }
              RECYCLER.get().recycle();
            });
    borrower.start();
    borrower.join();
    Thread.sleep(3_000);
  }

  /** A call. */
  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public void call() {
    counters[next++ & (LENT - 1)].add(next);
  }
}
