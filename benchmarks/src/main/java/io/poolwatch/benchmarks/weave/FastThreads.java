package io.poolwatch.benchmarks.weave;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * JMH runs benchmarks on plain threads; Netty's pools are made for its own. Named to JMH by {@code
 * -Djmh.executor=CUSTOM -Djmh.executor.class=…}.
 */
public final class FastThreads extends ThreadPoolExecutor {
  /**
   * As JMH calls it.
   *
   * @param threads how many
   * @param prefix begins their names
   */
  public FastThreads(int threads, String prefix) {
    super(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> new FastThreadLocalThread(task, prefix));
  }
}
