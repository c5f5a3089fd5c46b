package io.poolwatch.benchmarks.weave;

import com.sun.tools.attach.VirtualMachine;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.poolwatch.benchmarks.copies.Work;
import io.poolwatch.benchmarks.copies.pair.BundledWork;
import io.poolwatch.benchmarks.copies.pair.Pool2Work;
import io.poolwatch.benchmarks.copies.pair.RecyclerWork;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What does an agent cost that is attached while the pool is in use? Borrows and returns of one
 * pool of Commons Pool2, one Recycler or one bundled pool in one JVM, before the attach and after
 * it, in windows of a second each; the median of each side.
 *
 * <pre>
 * java -Djdk.attach.allowAttachSelf=true -cp benchmarks/target/benchmarks.jar \
 *     io.poolwatch.benchmarks.weave.AttachedPair agent/target/poolwatch.jar \
 *     [threads [pool|recycler|bundled]]
 * </pre>
 *
 * <p>The bundled pool is looked for at each put for a minute, so of it a third median is taken
 * after that.
 */
public final class AttachedPair {
  private static final int WARM_UP = 5;
  private static final int WINDOWS = 7;
  private static final int CHUNK = 1_000;

  /** As {@code top} starts it. */
  private static final String SETTINGS =
      "log.level=error,telemetry=false,guard=false,fingerprint=0";

  private static final long LOOKED_FOR_MILLIS = 65_000;

  private final Work target;

  private AttachedPair(Work target) {
    this.target = target;
  }

  /**
   * Runs it.
   *
   * @param args the agent's jar, the number of threads (default: 1), what is measured (default: a
   *     pool of Commons Pool2)
   */
  public static void main(String[] args) throws Exception {
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    String what = args.length > 2 ? args[2] : "pool";
    AttachedPair pair = new AttachedPair(target(what));
    double before = pair.median(threads);
    VirtualMachine self = VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
    self.loadAgent(args[0], SETTINGS);
    self.detach();
    double after = pair.median(threads);
    System.out.printf(
        Locale.ROOT, "%d threads: %.2f ns before, %.2f ns after%n", threads, before, after);
    if (what.equals("bundled")) {
      Thread.sleep(LOOKED_FOR_MILLIS);
      System.out.printf(Locale.ROOT, "a minute later: %.2f ns%n", pair.median(threads));
    }
    System.exit(0);
  }

  private static Work target(String what) {
    switch (what) {
      case "pool":
        return new Pool2Work();
      case "recycler":
        return new RecyclerWork();
      case "bundled":
        return new BundledWork();
      default:
        throw new IllegalArgumentException(what);
    }
  }

  private double median(int threads) throws Exception {
    double[] windows = new double[WINDOWS];
    for (int i = -WARM_UP; i < WINDOWS; i++) {
      double nanos = window(threads);
      if (i >= 0) {
        windows[i] = nanos;
      }
    }
    Arrays.sort(windows);
    return windows[WINDOWS / 2];
  }

  /** Nanoseconds that a pair takes one thread. */
  private double window(int threads) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    long[] pairs = new long[threads];
    CyclicBarrier start = new CyclicBarrier(threads + 1);
    Thread[] all = new Thread[threads];
    for (int t = 0; t < threads; t++) {
      int own = t;
      all[t] =
          new FastThreadLocalThread(
              () -> {
                try {
                  start.await();
                  while (!over.get()) {
                    target.pairs(CHUNK);
                    pairs[own] += CHUNK;
                  }
                } catch (Exception unexpected) {
                  throw new IllegalStateException(unexpected);
                }
              });
      all[t].start();
    }
    start.await();
    long began = System.nanoTime();
    Thread.sleep(1_000);
    over.set(true);
    for (Thread each : all) {
      each.join();
    }
    long nanos = System.nanoTime() - began;
    return (double) nanos * threads / Arrays.stream(pairs).sum();
  }
}
