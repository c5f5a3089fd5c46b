package io.poolwatch.agent.experiment;

import io.poolwatch.woven.commonspool2.CommonsPool2;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;

/**
 * What the counting takes a borrow more in turns without the pool, as far as turns in which all is
 * counted twice do not tell. Measured in loops on this JVM; no state, one thread.
 */
final class OwnCost {
  /** So long even a busy JIT needs not to compile the loops. */
  private static final long NANOS = 500_000_000L;

  private static final int PAIRS = 10_000;

  private OwnCost() {}

  /** Whether all of it is measured here, and no turns are needed in which is counted twice. */
  static boolean isAllSaid(String system) {
    return system.equals(NettyRecyclers.SYSTEM.id());
  }

  /** How much it is at least and at most, a borrow, in nanoseconds; negative if it is less. */
  static double[] more(String system) {
    if (system.equals(NettyRecyclers.SYSTEM.id())) {
      RecyclerPairs pairs = new RecyclerPairs();
      return around(pairs::recycled, pairs::made);
    }
    if (system.equals(CommonsPool2.ID)) {
      return around(new CommonsPool2Pairs()::lent, () -> {});
    }
    return new double[2]; // what the bundled pool counts it counts without us, too
  }

  private static double[] around(Runnable pooled, Runnable unpooled) {
    double with = Double.MAX_VALUE;
    double without = Double.MAX_VALUE;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < NANOS) {
      long start = System.nanoTime();
      for (int i = 0; i < PAIRS; i++) {
        pooled.run();
      }
      long middle = System.nanoTime();
      for (int i = 0; i < PAIRS; i++) {
        unpooled.run();
      }
      long end = System.nanoTime();
      with = Math.min(with, (double) (middle - start) / PAIRS);
      without = Math.min(without, (double) (end - middle) / PAIRS);
    }
    double more = without - with;
    // In the service's code it may do with less than in a loop, or take some more.
    return new double[] {more - Math.abs(more) / 2, more + Math.abs(more) / 2};
  }
}
