package io.poolwatch.benchmarks.experiment;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.poolwatch.pool.ThreadLocalPool;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jspecify.annotations.Nullable;

/**
 * One of several workloads around a pool, on one thread: small objects and large buffers from a
 * Recycler; small boxes, eight in use at once or one, and builders of 8 KB and of 1 KB from the
 * bundled pool; small parcels and crates of 64 KB from Commons Pool2. Prints what a borrow takes of
 * processor time, collector included, and of bytes, over all but the first seconds.
 *
 * <p>Arguments: {@code letters}, {@code buffers}, {@code boxes}, {@code box}, {@code builders},
 * {@code notes}, {@code parcels} or {@code crates}; {@code pooled} or {@code unpooled}; seconds. Of
 * a Recycler {@code -Dio.netty.recycler.maxCapacityPerThread=0} is what makes it {@code unpooled},
 * the library's own way; {@code benchmarks/experiment/run} says it.
 */
public final class Workload {
  private static final int WARM_SECONDS = 4;
  private static final int BATCH = 32;

  /** What keeps the JIT from leaving out what is made. */
  static volatile @Nullable Object kept;

  static final Recycler<Letter> LETTERS =
      new Recycler<Letter>() {
        @Override
        protected Letter newObject(Handle<Letter> handle) {
          return new Letter(handle);
        }
      };

  static final Recycler<Page> PAGES =
      new Recycler<Page>() {
        @Override
        protected Page newObject(Handle<Page> handle) {
          return new Page(handle);
        }
      };

  private Workload() {}

  /** See the class comment. */
  public static void main(String[] args) throws InterruptedException {
    boolean pooled = args[1].equals("pooled");
    long end = System.nanoTime() + Integer.parseInt(args[2]) * 1_000_000_000L;
    IntSupplier batch = batch(args[0], pooled);
    Thread thread = new FastThreadLocalThread(() -> run(batch, end));
    thread.start();
    thread.join();
  }

  private static IntSupplier batch(String kind, boolean pooled) {
    switch (kind) {
      case "letters":
        return new Letters();
      case "buffers":
        return new Pages();
      case "boxes":
        return new Loose<>(pooled, 8, 0, Letter::new, letter -> letter.a++);
      case "box":
        return new Loose<>(pooled, 1, 0, Letter::new, letter -> letter.a++);
      case "builders":
        return new Loose<>(pooled, 1, 1_000_000, () -> new StringBuilder(8_000), Workload::write);
      case "notes":
        return new Loose<>(pooled, 1, 0, () -> new StringBuilder(1_000), Workload::write);
      case "parcels":
        return new Shared<>(pooled, 0, Letter::new, letter -> letter.a++);
      case "crates":
        return new Shared<>(pooled, 500_000, () -> new byte[65_536], Workload::touch);
      default:
        throw new IllegalArgumentException(kind);
    }
  }

  private static void touch(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += 64) {
      bytes[at]++;
    }
  }

  private static void write(StringBuilder text) {
    text.setLength(0);
    for (int i = 0; i < 10; i++) {
      text.append("one of ten parts ").append(i);
    }
  }

  private static void run(IntSupplier batch, long end) {
    long start = System.nanoTime();
    long borrows = 0;
    long cpu = 0;
    long bytes = 0;
    boolean warm = false;
    while (System.nanoTime() - end < 0) {
      borrows += batch.getAsInt();
      if (!warm && System.nanoTime() - start > WARM_SECONDS * 1_000_000_000L) {
        warm = true;
        borrows = 0;
        cpu = cpu();
        bytes = bytes();
      }
    }
    System.out.printf(
        "%.3f %.3f%n", (double) (cpu() - cpu) / borrows, (double) (bytes() - bytes) / borrows);
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long bytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** 64 bytes. */
  static final class Letter {
    final Recycler.@Nullable Handle<Letter> handle;
    long a;
    long b;
    long c;
    long d;
    long e;
    int f;

    Letter() {
      this(null);
    }

    Letter(Recycler.@Nullable Handle<Letter> handle) {
      this.handle = handle;
    }
  }

  /** 64 KB. */
  static final class Page {
    final Recycler.Handle<Page> handle;
    final byte[] bytes = new byte[65_536];

    Page(Recycler.Handle<Page> handle) {
      this.handle = handle;
    }
  }

  /** All of a batch in use at once, as fast as it goes. */
  private static final class Letters implements IntSupplier {
    private final Letter[] several = new Letter[BATCH];

    @Override
    public int getAsInt() {
      for (int i = 0; i < BATCH; i++) {
        Letter letter = LETTERS.get();
        letter.a++;
        several[i] = letter;
      }
      for (Letter letter : several) {
        if (letter.handle != null) {
          letter.handle.recycle(letter);
        }
      }
      return BATCH;
    }
  }

  /** One after the other, some ten thousand a second. */
  private static final class Pages implements IntSupplier {
    @Override
    public int getAsInt() {
      for (int i = 0; i < BATCH; i++) {
        Page page = PAGES.get();
        for (int at = 0; at < page.bytes.length; at += 64) {
          page.bytes[at]++;
        }
        kept = page;
        page.handle.recycle(page);
      }
      LockSupport.parkNanos(500_000);
      return BATCH;
    }
  }

  /** From the bundled pool, or not. */
  private static final class Loose<T> implements IntSupplier {
    private static final int BATCHES = 20;

    private final boolean pooled;
    private final @Nullable Object[] several;
    private final long pause;
    private final Supplier<T> factory;
    private final Consumer<T> use;
    private final ThreadLocalPool<T> pool;

    /**
     * A workload.
     *
     * @param atOnce objects in use at once
     * @param pause nanoseconds between two batches
     */
    Loose(boolean pooled, int atOnce, long pause, Supplier<T> factory, Consumer<T> use) {
      this.pooled = pooled;
      this.pause = pause;
      this.factory = factory;
      this.use = use;
      several = new Object[atOnce];
      pool = ThreadLocalPool.builder(factory).name("loose").build();
    }

    @Override
    public int getAsInt() {
      for (int done = 0; done < BATCHES * BATCH; done += several.length) {
        for (int i = 0; i < several.length; i++) {
          T object = pooled ? pool.get() : factory.get();
          use.accept(object);
          kept = object;
          several[i] = object;
        }
        if (pooled) {
          giveBack();
        }
      }
      if (pause > 0) {
        LockSupport.parkNanos(pause);
      }
      return BATCHES * BATCH;
    }

    @SuppressWarnings("unchecked")
    private void giveBack() {
      for (Object object : several) {
        pool.put((T) object);
      }
    }
  }

  /** From Commons Pool2, or not; one after the other. */
  private static final class Shared<T> implements IntSupplier {
    private final boolean pooled;
    private final long pause;
    private final Supplier<T> factory;
    private final Consumer<T> use;
    private final GenericObjectPool<T> pool;

    /**
     * A workload.
     *
     * @param pause nanoseconds between two batches
     */
    Shared(boolean pooled, long pause, Supplier<T> factory, Consumer<T> use) {
      this.pooled = pooled;
      this.pause = pause;
      this.factory = factory;
      this.use = use;
      pool =
          new GenericObjectPool<>(
              new BasePooledObjectFactory<T>() {
                @Override
                public T create() {
                  return factory.get();
                }

                @Override
                public PooledObject<T> wrap(T object) {
                  return new DefaultPooledObject<>(object);
                }
              });
    }

    @Override
    public int getAsInt() {
      try {
        for (int i = 0; i < BATCH; i++) {
          T object = pooled ? pool.borrowObject() : factory.get();
          use.accept(object);
          kept = object;
          if (pooled) {
            pool.returnObject(object);
          }
        }
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
      if (pause > 0) {
        LockSupport.parkNanos(pause);
      }
      return BATCH;
    }
  }
}
