package io.poolwatch.worth;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM takes for things that are too short for its clock: measured once, in loops, by
 * whoever has a thread for it. All times in nanoseconds. Immutable.
 */
public final class Prices {
  private static final double TRIVIAL = 2.5;

  private static volatile @Nullable Prices current;

  private final double clock;
  private final double coldBuilding;
  private final TreeMap<Long, Double> allocations;
  private final Map<String, Double> pairs;

  /**
   * Prices.
   *
   * @param clock between two readings of the clock with nothing in between
   * @param coldBuilding what the clock shows for the building of an object that is nothing but its
   *     allocation, by code that is not compiled: buildings are rare where a pool serves well
   * @param allocations time to allocate and forget an array, by its size in bytes; not empty
   * @param pairs a borrow and a return together, by the pool's system; absent where not known
   */
  public Prices(
      double clock, double coldBuilding, Map<Long, Double> allocations, Map<String, Double> pairs) {
    this.clock = clock;
    this.coldBuilding = coldBuilding;
    this.allocations = new TreeMap<>(allocations);
    this.pairs = Map.copyOf(pairs);
  }

  /** Those of this JVM; null before they were measured. */
  public static @Nullable Prices current() {
    return current;
  }

  /** Sets those of this JVM. */
  public static void current(@Nullable Prices prices) {
    current = prices;
  }

  /** Between two readings of the clock with nothing in between. */
  public double clock() {
    return clock;
  }

  /** What the clock shows for a building that is an allocation alone and was never compiled. */
  public double coldBuilding() {
    return coldBuilding;
  }

  /** Whether a building took no longer than one that is an allocation alone may take. */
  public boolean isTrivial(double nanos) {
    // Constructors call constructors: a few calls that are not compiled are not told apart.
    return nanos <= TRIVIAL * coldBuilding;
  }

  /**
   * Time to allocate so many bytes at once, without the collector's part: between two sizes that
   * were measured in proportion, beyond them by the byte.
   */
  public double allocation(double bytes) {
    Map.Entry<Long, Double> below = allocations.floorEntry((long) bytes);
    Map.Entry<Long, Double> above = allocations.ceilingEntry((long) bytes);
    if (below == null || above == null) {
      Map.Entry<Long, Double> end = below == null ? allocations.firstEntry() : below;
      return below == null ? end.getValue() : end.getValue() * bytes / end.getKey();
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    double share = (bytes - below.getKey()) / (above.getKey() - below.getKey());
    return below.getValue() + share * (above.getValue() - below.getValue());
  }

  /** The sizes that were measured, with their times. */
  public Map<Long, Double> allocations() {
    return java.util.Collections.unmodifiableMap(allocations);
  }

  /** A borrow and a return from a pool of a system, or null if that is not known. */
  public @Nullable Double pair(String system) {
    return pairs.get(system);
  }
}
