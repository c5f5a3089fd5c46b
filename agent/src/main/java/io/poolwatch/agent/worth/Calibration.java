package io.poolwatch.agent.worth;

import io.poolwatch.worth.Buildings;
import io.poolwatch.worth.Costs;
import io.poolwatch.worth.Prices;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures on the agent's own thread what is too short for the clock on the service's: allocations
 * by size, and a borrow with its return from pools like those of the service. In {@value
 * #MOST_SLICES} slices of a millisecond and a megabyte of garbage, once a process: the JIT needs
 * its time, and on a busy machine a great deal of it. One thread.
 *
 * <p>Of all slices the shortest time counts: whatever else runs on the machine only makes them
 * longer.
 */
final class Calibration {
  private static final int SLICES = 12;
  private static final int MOST_SLICES = 60;

  /** Slices in which no time falls any more, before it is believed that all is compiled. */
  private static final int STEADY = 8;

  /** A time that falls by less is steady. */
  private static final double FALLS = 0.93;

  private static final int[] SIZES = {64, 256, 1_024, 4_096, 16_384, 65_536};

  /** Bytes that a slice allocates of each size at most. */
  private static final int BYTES = 160 * 1024;

  /** As many as are measured of a pool at first. */
  private static final int COLD = 32;

  private static final int PAIRS = 10_000;
  private static final int KEPT = 16;

  private final byte[][] kept = new byte[KEPT][];
  private final double[] allocations = new double[SIZES.length];
  private final PrivatePools.Recycling recycling = new PrivatePools.Recycling();
  private final PrivatePools.Slots slots = new PrivatePools.Slots();
  private double recycled = Double.MAX_VALUE;
  private double slotted = Double.MAX_VALUE;
  private int slices;
  private int steady;
  private double cold;

  Calibration() {
    Arrays.fill(allocations, Double.MAX_VALUE);
  }

  /** Measures a little. */
  void slice() {
    if (slices == 0) {
      cold = coldBuilding();
    }
    steady++;
    for (int i = 0; i < SIZES.length; i++) {
      int count = Math.max(Math.min(PAIRS, BYTES / SIZES[i]), 1);
      long start = System.nanoTime();
      allocate(SIZES[i], count);
      allocations[i] = least(allocations[i], start, count);
    }
    long start = System.nanoTime();
    recycle();
    recycled = least(recycled, start, PAIRS);
    start = System.nanoTime();
    slot();
    slotted = least(slotted, start, PAIRS);
    slices++;
  }

  /** Whether what was measured can be believed; it may still become a little less. */
  boolean isSteady() {
    return isOver() || (slices >= SLICES && steady >= STEADY);
  }

  /** Whether there is nothing more to measure. */
  boolean isOver() {
    return slices >= MOST_SLICES;
  }

  private double least(double before, long start, int count) {
    double now = (double) (System.nanoTime() - start) / count;
    if (now < before * FALLS) {
      steady = 0;
    }
    return Math.min(now, before);
  }

  /** Keeps the latest few for a moment, as somebody would who uses them. */
  private void allocate(int size, int count) {
    for (int i = 0; i < count; i++) {
      one(size, i);
    }
  }

  /** By itself, so that it is compiled for being called so often. */
  private void one(int size, int index) {
    kept[index & (KEPT - 1)] = new byte[size - 16];
  }

  private void recycle() {
    for (int i = 0; i < PAIRS; i++) {
      PrivatePools.Thing thing = recycling.get();
      thing.uses++;
      recycling.recycle(thing);
    }
  }

  private void slot() {
    for (int i = 0; i < PAIRS; i++) {
      PrivatePools.Thing thing = slots.get();
      thing.uses++;
      slots.put(thing);
    }
  }

  /**
   * The shortest of a few first buildings, measured by the very code that measures those of pools,
   * at the end of as many calls: where none of it is compiled, these take longer than what they
   * measure.
   */
  private double coldBuilding() {
    Costs costs = new Costs();
    Supplier<Built> factory = new Factory();
    for (int i = 0; i < COLD; i++) {
      long ticket = begins(costs);
      long classes = Costs.classes(ticket);
      long start = startsAt(ticket);
      Object built = factory.get();
      ended(costs, ticket, classes, start, built);
    }
    Buildings buildings = new Buildings();
    buildings.read(costs);
    double least = buildings.shortestNanos();
    return Double.isNaN(least) ? 1 : Math.max(1, least);
  }

  private static long begins(Costs costs) {
    return costs.building();
  }

  private static long startsAt(long ticket) {
    return Costs.clock(ticket);
  }

  private static void ended(Costs costs, long ticket, long classes, long start, Object built) {
    if (ticket != Costs.NOT_MEASURED) {
      measured(costs, ticket, classes, start, built);
    }
  }

  private static void measured(Costs costs, long ticket, long classes, long start, Object built) {
    costs.built(ticket, classes, start, null, null, built);
  }

  private static double clock() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 1_000; i++) {
      long start = System.nanoTime();
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  /** What was measured. */
  Prices prices() {
    Map<Long, Double> bySize = new LinkedHashMap<>();
    for (int i = 0; i < SIZES.length; i++) {
      bySize.put((long) SIZES[i], allocations[i]);
    }
    Map<String, Double> pairs = new LinkedHashMap<>();
    pairs.put("netty_recycler", recycled);
    pairs.put("thread_local", slotted);
    return new Prices(clock(), cold, bySize, pairs);
  }

  /** A factory as small as one with a type can be, and never compiled. */
  private static final class Factory implements Supplier<Built> {
    @Override
    public Built get() {
      return new Built(new byte[32]);
    }
  }

  private static final class Built {
    final byte[] bytes;

    Built(byte[] bytes) {
      this.bytes = bytes;
    }
  }
}
