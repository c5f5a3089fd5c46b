package example.experiment;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.poolwatch.pool.ThreadLocalPool;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Three pools of objects that are dear to build, and what the service itself counts of them. Checks
 * of each object that nobody else has it, and that it is as it was made or reset.
 */
public final class Tried {
  private static final long MOST_SECONDS = 100;

  private static final LongAdder made = new LongAdder();
  private static final LongAdder borrowed = new LongAdder();
  private static volatile boolean over;
  private static volatile Throwable thrown;

  /** What is never let go. */
  private static final List<byte[]> FILL = new ArrayList<>();

  private static final Recycler<Sheet> SHEETS =
      new Recycler<Sheet>() {
        @Override
        protected Sheet newObject(Handle<Sheet> handle) {
          made.increment();
          return new Sheet(handle);
        }
      };

  private static final ThreadLocalPool<Sheet> PAPERS =
      ThreadLocalPool.builder(() -> new Sheet(null)).name("papers").reset(s -> s.lines = 0).build();

  private Tried() {}

  /** Arguments: the agent's log, and what is to be in it before the service ends. */
  public static void main(String[] args) throws Exception {
    if (Boolean.getBoolean("fill")) {
      fill();
    }
    GenericObjectPool<Sheet> pool = new GenericObjectPool<>(new Factory());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(new FastThreadLocalThread(guarded(Tried::recycle)));
      threads.add(new Thread(guarded(Tried::put)));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    long end = System.nanoTime() + MOST_SECONDS * 1_000_000_000L;
    while (thrown == null && !isTold(args) && System.nanoTime() - end < 0) {
      pool.returnObject(pool.borrowObject());
      Thread.sleep(100);
    }
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
    System.out.println("recycler borrowed = " + borrowed.sum());
    System.out.println("recycler made = " + made.sum());
    System.out.println("pool borrowed = " + PAPERS.counts().gets());
    System.out.println("pool made = " + PAPERS.counts().misses());
    System.out.println("pool kept = " + PAPERS.counts().putsKept());
    System.out.println("pool dropped = " + PAPERS.counts().putsDropped());
    pool.close();
  }

  /** Leaves next to no room in the old generation. */
  private static void fill() {
    for (MemoryPoolMXBean each : ManagementFactory.getMemoryPoolMXBeans()) {
      if (each.getName().contains("Tenured")) {
        while (each.getUsage().getUsed() < 0.92 * each.getUsage().getMax()) {
          FILL.add(new byte[512 * 1024]);
          System.gc();
        }
      }
    }
  }

  private static boolean isTold(String[] args) throws Exception {
    Path log = Path.of(args[0]);
    String text = Files.exists(log) ? Files.readString(log) : "";
    for (int i = 1; i < args.length; i++) {
      if (!text.contains(args[i])) {
        return false;
      }
    }
    return true;
  }

  private static Runnable guarded(Runnable body) {
    return () -> {
      try {
        while (!over) {
          body.run();
          Thread.sleep(1);
        }
      } catch (Throwable failure) {
        thrown = failure;
      }
    };
  }

  private static void recycle() {
    for (int i = 0; i < 5; i++) {
      Sheet one = SHEETS.get();
      Sheet other = SHEETS.get();
      borrowed.add(2);
      use(one);
      use(other);
      one.lines = 0;
      other.lines = 0;
      one.handle.recycle(one);
      other.handle.recycle(other);
    }
  }

  private static void put() {
    for (int i = 0; i < 10; i++) {
      Sheet sheet = PAPERS.get();
      use(sheet);
      PAPERS.put(sheet);
    }
  }

  private static void use(Sheet sheet) {
    if (sheet.lines != 0) {
      throw new IllegalStateException("not as it was made, or in use");
    }
    sheet.lines++;
  }

  /** Some 20 µs to build. */
  static final class Sheet {
    final Recycler.Handle<Sheet> handle;
    final long[] text = new long[2_000];
    int lines;

    Sheet(Recycler.Handle<Sheet> handle) {
      this.handle = handle;
      long seed = 42;
      for (int i = 0; i < 10 * text.length; i++) {
        seed = seed * 6364136223846793005L + 1442695040888963407L;
        text[i % text.length] = seed;
      }
    }
  }

  private static final class Factory extends BasePooledObjectFactory<Sheet> {
    @Override
    public Sheet create() {
      return new Sheet(null);
    }

    @Override
    public PooledObject<Sheet> wrap(Sheet sheet) {
      return new DefaultPooledObject<>(sheet);
    }

    @Override
    public void destroyObject(PooledObject<Sheet> pooled) {
      pooled.getObject().lines = -1;
    }
  }
}
