package io.poolwatch.agent.experiment;

import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.woven.nettyrecycler.GetHooks;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import io.poolwatch.woven.nettyrecycler.ReturnHooks;
import io.poolwatch.woven.nettyrecycler.UnpooledHooks;

/**
 * What the counting takes a borrow more in turns without the pool, measured in loops on this JVM:
 * it is not what is asked for. A Recycler counts in what it has at hand, and without it the present
 * thread's counters have to be looked up. The bundled pool looks its thread up in either case; so a
 * look-up, which is most of what it does, cannot be told from what is saved. One thread.
 */
final class OwnCost {
  /** So long even a busy JIT needs not to compile the loops. */
  private static final long NANOS = 500_000_000L;

  private static final int PAIRS = 10_000;

  /** The bundled pool's way without the pool takes no longer than so many of what is measured. */
  private static final int MOST_LOOK_UPS = 6;

  private final ShareBook book = new ShareBook(NettyRecyclers.SYSTEM, new PoolFacts("poolwatch"));
  private final Share share = book.open(this, true);
  private final Object handle = new Object();
  private final ThreadLocal<long[]> counts = ThreadLocal.withInitial(() -> new long[8]);
  private double pooled = Double.MAX_VALUE;
  private double unpooled = Double.MAX_VALUE;
  private double nothing = Double.MAX_VALUE;

  private OwnCost() {}

  /** How much it is at least and at most, a borrow, in nanoseconds. */
  static double[] more(String system) {
    OwnCost cost = new OwnCost();
    boolean recycler = system.equals(NettyRecyclers.SYSTEM.id());
    long start = System.nanoTime();
    while (System.nanoTime() - start < NANOS) {
      cost.slice(recycler);
    }
    double more = cost.unpooled - (recycler ? cost.pooled : cost.nothing);
    // In the service's code it may do with less than in a loop, or take some more.
    return recycler
        ? new double[] {more / 2, 3 * more / 2}
        : new double[] {0, MOST_LOOK_UPS * more};
  }

  private void slice(boolean recycler) {
    long start = System.nanoTime();
    for (int i = 0; i < PAIRS; i++) {
      nothing();
    }
    long idle = System.nanoTime();
    for (int i = 0; i < PAIRS; i++) {
      if (recycler) {
        recycled();
      } else {
        nothing();
      }
    }
    long middle = System.nanoTime();
    for (int i = 0; i < PAIRS; i++) {
      if (recycler) {
        made();
      } else {
        counted();
      }
    }
    long end = System.nanoTime();
    nothing = Math.min(nothing, (double) (idle - start) / PAIRS);
    pooled = Math.min(pooled, (double) (middle - idle) / PAIRS);
    unpooled = Math.min(unpooled, (double) (end - middle) / PAIRS);
  }

  private int nothing() {
    return UnpooledHooks.isDue(book);
  }

  /** A hit and its return by the owner. */
  private void recycled() {
    nothing();
    GetHooks.acquired(share, handle);
    ReturnHooks.releasing(share, handle);
    ReturnHooks.released(share, ReturnHooks.keptByOwner(share), handle);
  }

  private void made() {
    nothing();
    UnpooledHooks.made(book);
  }

  /** What the bundled pool does at a get and at a put, without the pool. */
  private void counted() {
    nothing();
    counts.get()[0]++;
    nothing();
    counts.get()[1]++;
  }
}
