package io.poolwatch.examples.fault;

import java.util.SplittableRandom;

/**
 * New connection parameters that are pushed to the nodes of a service again and again, and reach
 * each node at another time: 74 to 120 ms after the push, 97 ms on average. So for most of the time
 * some nodes have the parameters of one push and some those of the one before. Immutable.
 */
final class ConfigPush {
  static final int NODES = 8;
  static final long PERIOD_MILLIS = 150;

  private static final int LEAST_DELAY_MILLIS = 74;
  private static final int MOST_DELAY_MILLIS = 120;

  private ConfigPush() {}

  /** The node that serves a caller. */
  static int nodeOf(String caller) {
    return Math.floorMod(caller.hashCode(), NODES);
  }

  /**
   * The number of the push whose parameters a node has.
   *
   * @param millis since the first push
   */
  static long pushAt(int node, long millis) {
    long push = Math.floorDiv(millis, PERIOD_MILLIS);
    while (push * PERIOD_MILLIS + delayMillis(push, node) > millis) {
      push--;
    }
    return push;
  }

  static int delayMillis(long push, int node) {
    return new SplittableRandom(push * NODES + node)
        .nextInt(LEAST_DELAY_MILLIS, MOST_DELAY_MILLIS + 1);
  }
}
