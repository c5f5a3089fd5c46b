package io.poolwatch.agent.experiment;

import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.woven.nettyrecycler.GetHooks;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import io.poolwatch.woven.nettyrecycler.ReturnHooks;
import io.poolwatch.woven.nettyrecycler.UnpooledHooks;

/**
 * What the counting takes a borrow from a Recycler more in turns without the pool, measured in
 * loops on this JVM: it is not what is asked for. A Recycler counts in what it has at hand, and
 * without it the present thread's counters have to be looked up. One thread.
 */
final class OwnCost {
  /** So long even a busy JIT needs not to compile the loops. */
  private static final long NANOS = 500_000_000L;

  private static final int PAIRS = 10_000;

  private final ShareBook book = new ShareBook(NettyRecyclers.SYSTEM, new PoolFacts("poolwatch"));
  private final Share share = book.open(this, true);
  private final Object handle = new Object();
  private double pooled = Double.MAX_VALUE;
  private double unpooled = Double.MAX_VALUE;

  private OwnCost() {}

  /** Whether it is measured here, and not by turns of the pool in which all is counted twice. */
  static boolean isSaid(String system) {
    return system.equals(NettyRecyclers.SYSTEM.id());
  }

  /** How much it is at least and at most, a borrow, in nanoseconds. */
  static double[] more() {
    OwnCost cost = new OwnCost();
    long start = System.nanoTime();
    while (System.nanoTime() - start < NANOS) {
      cost.slice();
    }
    double more = cost.unpooled - cost.pooled;
    // In the service's code it may do with less than in a loop, or take some more.
    return new double[] {more / 2, 3 * more / 2};
  }

  private void slice() {
    long start = System.nanoTime();
    for (int i = 0; i < PAIRS; i++) {
      recycled();
    }
    long middle = System.nanoTime();
    for (int i = 0; i < PAIRS; i++) {
      made();
    }
    long end = System.nanoTime();
    pooled = Math.min(pooled, (double) (middle - start) / PAIRS);
    unpooled = Math.min(unpooled, (double) (end - middle) / PAIRS);
  }

  /** A hit and its return by the owner. */
  private void recycled() {
    UnpooledHooks.isDue(book);
    GetHooks.acquired(share, handle);
    ReturnHooks.releasing(share, handle);
    ReturnHooks.released(share, ReturnHooks.keptByOwner(share), handle);
  }

  private void made() {
    UnpooledHooks.isDue(book);
    UnpooledHooks.made(book);
  }
}
