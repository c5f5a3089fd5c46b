package io.poolwatch.agent.history;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one pool: a ring for each step and series. A series that was never anything
 * but 0, or never known, takes nothing.
 */
final class Rings {
  private static final Series[] SERIES = Series.values();

  private final double[] latest = new double[SERIES.length];
  private final float[] @Nullable [] rings = new float[SERIES.length][];

  /** Levels that were known at some look. */
  private final Set<Series> known = EnumSet.noneOf(Series.class);

  /** Those of them that were not at the looks before: these slots are unknown, and not 0. */
  private final Set<Series> knownLate = EnumSet.noneOf(Series.class);

  private double objectBytes = Double.NaN;
  private long mostSeen;

  /** From when on it is remembered; what was counted before is in no slot. */
  final long sinceSecond;

  /**
   * Nothing yet.
   *
   * @param sinceSecond when it begins
   */
  Rings(long sinceSecond) {
    this.sinceSecond = sinceSecond;
  }

  /** What was counted up to now is no part of what is remembered. */
  void startFrom(double[] values) {
    for (Series series : SERIES) {
      if (series.isCount()) {
        latest[series.ordinal()] = values[series.ordinal()];
      }
    }
  }

  /**
   * Adds to a slot.
   *
   * @param share of what was counted since the last {@link #close}
   */
  void add(Step step, int slot, double[] values, double share) {
    int at = step.offset() + slot;
    for (Series series : SERIES) {
      int i = series.ordinal();
      // Counts never go back, but a pool whose books broke may be counted anew.
      double value = series.isCount() ? Math.max(0, values[i] - latest[i]) * share : values[i];
      if (Double.isNaN(value)) {
        if (!known.contains(series)) {
          knownLate.add(series);
        }
        continue;
      }
      known.add(series);
      if (value == 0 && rings[i] == null && !knownLate.contains(series)) {
        continue;
      }
      float[] ring = ring(series);
      ring[at] =
          series.isCount()
              ? ring[at] + (float) value
              : (float) (Float.isNaN(ring[at]) ? value : Math.max(ring[at], value));
    }
  }

  private float[] ring(Series series) {
    float[] ring = rings[series.ordinal()];
    if (ring == null) {
      ring = new float[Step.SLOTS];
      if (knownLate.contains(series)) {
        Arrays.fill(ring, Float.NaN);
      }
      rings[series.ordinal()] = ring;
    }
    return ring;
  }

  /**
   * To be called when {@link #add} was for all steps.
   *
   * @param bytes mean bytes of one object, NaN if not known now
   */
  void close(double[] values, double bytes) {
    System.arraycopy(values, 0, latest, 0, latest.length);
    mostSeen =
        Math.max(mostSeen, (long) (values[Series.IDLE.ordinal()] + values[Series.USED.ordinal()]));
    if (!Double.isNaN(bytes)) {
      objectBytes = bytes;
    }
  }

  double objectBytes() {
    return objectBytes;
  }

  long mostSeen() {
    return mostSeen;
  }

  /** A slot is used for another time from now on. */
  void clear(Step step, int slot) {
    for (Series series : SERIES) {
      float[] ring = rings[series.ordinal()];
      if (ring != null) {
        ring[step.offset() + slot] = series.isCount() ? 0 : Float.NaN;
      }
    }
  }

  float value(Series series, Step step, int slot) {
    float[] ring = rings[series.ordinal()];
    return ring == null ? 0 : ring[step.offset() + slot];
  }

  /** Bytes that the arrays take. */
  long bytes() {
    return Arrays.stream(rings)
        .filter(ring -> ring != null)
        .mapToLong(ring -> 4L * ring.length)
        .sum();
  }
}
