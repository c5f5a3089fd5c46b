package io.poolwatch.agent.library.threadlocal;

import io.poolwatch.pool.Counts;
import io.poolwatch.pool.ThreadLocalPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A program that uses two bundled pools, one from the kind of threads that it is told, and ends
 * with a line of the pool's own counts. It knows nothing of the agent.
 */
final class PooledService {
  private static final ThreadLocalPool<StringBuilder> BUILDERS =
      ThreadLocalPool.<StringBuilder>builder(StringBuilder::new).name("builders").build();
  private static final ThreadLocalPool<byte[]> UNNAMED =
      ThreadLocalPool.<byte[]>builder(() -> new byte[64]).build();

  private PooledService() {}

  public static void main(String[] args) throws Exception {
    byte[] twice = UNNAMED.get();
    UNNAMED.put(twice);
    UNNAMED.put(twice);
    ExecutorService threads =
        args[0].equals("virtual")
            ? (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null)
            : Executors.newFixedThreadPool(8);
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      work.add(threads.submit(PooledService::build));
    }
    for (Future<?> one : work) {
      one.get();
    }
    Counts counts = BUILDERS.counts();
    System.out.println(
        "own "
            + counts.gets()
            + " "
            + counts.idle()
            + " "
            + counts.misses()
            + " "
            + (counts.misses() - counts.idle()));
    threads.shutdownNow();
  }

  private static void build() {
    for (int i = 0; i < 2_000; i++) {
      StringBuilder one = BUILDERS.get();
      StringBuilder two = BUILDERS.get();
      if (i % 100 == 0) {
        Thread.yield();
      }
      BUILDERS.put(two);
      BUILDERS.put(one);
    }
  }
}
