package example.bundledfaults;

import io.poolwatch.pool.ThreadLocalPool;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Breaks the contract of bundled pools, and keeps it; says how often. */
public final class BundledFaults {
  private static final int ROUNDS = 200;
  private static final int LOST = 300;
  private static final int CLEAN_ROUNDS = 5_000;

  private static final AtomicLong used = new AtomicLong();
  private static final AtomicLong bytesWritten = new AtomicLong();
  private static final AtomicLong textWritten = new AtomicLong();
  private static final AtomicLong twice = new AtomicLong();
  private static final AtomicLong lost = new AtomicLong();
  private static final AtomicLong failures = new AtomicLong();

  private BundledFaults() {}

  /**
   * Runs.
   *
   * @param args how many threads, of which kind, and where the agent logs
   */
  public static void main(String[] args) throws Exception {
    awaitWeaving(Path.of(args[2]));
    ThreadFactory factory = args[1].equals("virtual") ? virtual() : Thread::new;
    ThreadLocalPool<Part> clean = parts("clean");
    ThreadLocalPool<Part> lossy = parts("lossy");
    List<Part> live = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    CyclicBarrier phase = new CyclicBarrier(Integer.parseInt(args[0]));
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      threads.add(
          factory.newThread(
              () -> {
                try {
                  use();
                  write();
                  putTwice();
                  // The collections of what follows would take what lies in those pools.
                  phase.await();
                  behave(clean);
                  lose(lossy);
                } catch (Throwable e) {
                  e.printStackTrace();
                  failures.incrementAndGet();
                }
              }));
      live.add(lossy.get());
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(600);
    }
    Reference.reachabilityFence(live);
    System.out.println("stale use_after_return = " + used);
    System.out.println("bytes write_after_return = " + bytesWritten);
    System.out.println("text write_after_return = " + textWritten);
    System.out.println("twice double_return = " + twice);
    System.out.println("lossy leak = " + lost);
    if (failures.get() > 0) {
      System.exit(1);
    }
  }

  private static ThreadLocalPool<Part> parts(String name) {
    return ThreadLocalPool.builder(Part::new).name(name).reset(Part::clear).build();
  }

  /** By reflection, since this is compiled for releases without them, too. */
  private static ThreadFactory virtual() throws Exception {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    return (ThreadFactory)
        Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
  }

  /** Nobody else has this pool, so that the object stays where it is put. */
  private static void use() {
    ThreadLocalPool<Part> pool = parts("stale");
    for (int round = 0; round < ROUNDS; round++) {
      Part part = pool.get();
      part.use();
      pool.put(part);
      part.isOpen();
      part.use();
      part.clear();
      used.addAndGet(2);
    }
  }

  private static void write() {
    ThreadLocalPool<byte[]> bytes =
        ThreadLocalPool.builder(() -> new byte[64]).name("bytes").build();
    ThreadLocalPool<StringBuilder> text =
        ThreadLocalPool.builder(() -> new StringBuilder("text"))
            .name("text")
            .reset(builder -> builder.setLength(0))
            .build();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] buffer = bytes.get();
      buffer[round % 64]++;
      bytes.put(buffer);
      buffer[(round + 1) % 64]++;
      StringBuilder builder = text.get();
      builder.append(round);
      text.put(builder);
      builder.append('x');
      lendAgain(bytes, buffer, bytesWritten);
      lendAgain(text, builder, textWritten);
    }
  }

  /**
   * What was written to shows only where it is lent again. A thread that is stopped for two
   * collections finds the pool cleared, and gets another object.
   */
  private static <T> void lendAgain(ThreadLocalPool<T> pool, T written, AtomicLong faults) {
    T lent = pool.get();
    if (lent == written) {
      faults.incrementAndGet();
    }
    pool.put(lent);
  }

  private static void putTwice() {
    for (int round = 0; round < ROUNDS; round++) {
      // The pool notices the first of these by itself, and the other one not.
      ThreadLocalPool<Part> pool = parts("twice");
      Part part = pool.get();
      pool.put(part);
      pool.put(part);
      Part first = pool.get();
      Part second = pool.get();
      pool.put(first);
      pool.put(second);
      pool.put(first);
      lentAgain();
      twice.addAndGet(3);
    }
  }

  /** A stale put is taken for that of the thread's next get, whose own is one too many then. */
  private static void lentAgain() {
    ThreadLocalPool<Part> pool = parts("twice");
    Part stale = pool.get();
    pool.put(stale);
    Part next = pool.get();
    putStale(pool, stale);
    pool.put(next);
  }

  private static void putStale(ThreadLocalPool<Part> pool, Part part) {
    pool.put(part);
  }

  private static void behave(ThreadLocalPool<Part> pool) {
    for (int round = 0; round < CLEAN_ROUNDS; round++) {
      Part one = pool.get();
      Part other = pool.get();
      one.use();
      other.use();
      pool.put(other);
      pool.put(one);
      one.isOpen();
      if (round % 1_000 == 0) {
        System.gc();
      }
    }
  }

  private static void lose(ThreadLocalPool<Part> pool) {
    for (int round = 0; round < LOST; round++) {
      Part kept = pool.get();
      pool.get().use();
      pool.put(kept);
      lost.incrementAndGet();
    }
  }

  /** The agent weaves on a thread of its own, and says so in its log. */
  private static void awaitWeaving(Path log) throws Exception {
    ThreadLocalPool<Part> first = parts("first");
    first.put(first.get());
    long start = System.nanoTime();
    while (!Files.exists(log) || !Files.readString(log).contains("Part is guarded in")) {
      if (System.nanoTime() - start > 60_000_000_000L) {
        throw new IllegalStateException("not woven");
      }
      Thread.sleep(50);
    }
  }
}
