package io.poolwatch.benchmarks.weave;

import io.netty.util.Recycler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * Taking one object from Netty's Recycler and giving it back.
 *
 * <p>Run by {@link CompareForks}, on {@link FastThreads} and on JMH's plain threads: from 4.2.18
 * the Recycler is switched off on plain threads, and what is measured there is that the allocation,
 * which the JIT removes, stays removed ({@code gc.alloc.rate.norm} 0).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecyclerPairBenchmark {
  private static final Recycler<Item> RECYCLER =
      new Recycler<Item>() {
        @Override
        protected Item newObject(Handle<Item> handle) {
          return new Item(handle);
        }
      };

  /** What is pooled. */
  static final class Item {
    private final Recycler.Handle<Item> handle;
    private int uses;

    Item(Recycler.Handle<Item> handle) {
      this.handle = handle;
    }

    int use() {
      return ++uses;
    }

    void recycle() {
      handle.recycle(this);
    }
  }

  /** One get and one recycle. */
  @Benchmark
  public int getAndRecycle() {
    Item item = RECYCLER.get();
    int uses = item.use();
    item.recycle();
    return uses;
  }

  /** The baseline without any pool. */
  @Benchmark
  public int plainNew() {
    return new Item(NO_HANDLE).use();
  }

  private static final Recycler.Handle<Item> NO_HANDLE = item -> {};
}
