package io.poolwatch.agent.gc;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which young collection had which tenuring threshold, from readings of the JVM's counter between
 * collections. Not thread-safe.
 *
 * <p>On G1 the counter holds what the last collection went by, on Parallel and Serial what the next
 * one will.
 */
final class Thresholds {
  private static final int REMEMBERED = 64;

  private final boolean ofTheNext;
  private final TreeMap<Long, Integer> read = new TreeMap<>();

  Thresholds(boolean ofTheNext) {
    this.ofTheNext = ofTheNext;
  }

  /**
   * A reading.
   *
   * @param youngs how many young collections there have been then
   * @param threshold what the counter held
   */
  void read(long youngs, int threshold) {
    read.put(ofTheNext ? youngs + 1 : youngs, threshold);
    while (read.size() > REMEMBERED) {
      read.pollFirstEntry();
    }
  }

  /** Whether the threshold of a young collection, counted from 1, was read. */
  boolean isRead(long young) {
    return read.containsKey(young);
  }

  /**
   * The threshold of a young collection, or the larger one of those read next to it, before and
   * after.
   *
   * @throws IllegalStateException if none was read
   */
  int highestAt(long young) {
    Map.Entry<Long, Integer> before = read.floorEntry(young);
    Map.Entry<Long, Integer> after = read.ceilingEntry(young);
    if (before == null && after == null) {
      throw new IllegalStateException("nothing read");
    }
    int low = before == null ? 0 : before.getValue();
    return after == null ? low : Math.max(low, after.getValue());
  }
}
