package io.poolwatch.agent.history;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a pool's figures were over some time, in slots of equal length, the oldest first. A slot in
 * which nobody looked is a gap. Immutable.
 */
public final class Curve {
  private final int stepSeconds;
  private final double[] watched;
  private final long missingSeconds;
  private final Map<Series, double[]> values = new EnumMap<>(Series.class);

  Curve(int stepSeconds, long missingSeconds, double[] watched, Map<Series, double[]> values) {
    this.stepSeconds = stepSeconds;
    this.missingSeconds = missingSeconds;
    this.watched = watched;
    this.values.putAll(values);
  }

  /** Length of a slot, in seconds. */
  public int stepSeconds() {
    return stepSeconds;
  }

  /** How many slots there are; the last one is not over yet. */
  public int size() {
    return watched.length;
  }

  /** How many seconds of the last slot are still to come. */
  public long missingSeconds() {
    return missingSeconds;
  }

  /** Whether nobody looked in a slot: then its values mean nothing. */
  public boolean isGap(int slot) {
    return watched[slot] <= 0;
  }

  /** For how many seconds the counts of a slot were counted; more than its length after a gap. */
  public double watchedSeconds(int slot) {
    return watched[slot];
  }

  /** The count, or the highest level seen; NaN where a level was not known. */
  public double value(Series series, int slot) {
    double[] of = values.get(series);
    return of == null ? 0 : of[slot];
  }

  /** A count by the second; NaN in a gap. */
  public double rate(Series series, int slot) {
    return isGap(slot) ? Double.NaN : value(series, slot) / watched[slot];
  }

  /** Whether a series was ever anything but 0 or unknown. */
  public boolean has(Series series) {
    for (int i = 0; i < watched.length; i++) {
      if (!isGap(i) && value(series, i) > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same in slots that are so many times as long; counts add up, of levels the highest stays.
   */
  public Curve coarser(int factor) {
    int size = (size() + factor - 1) / factor;
    double[] longer = new double[size];
    Map<Series, double[]> merged = new EnumMap<>(Series.class);
    values.forEach((series, of) -> merged.put(series, merge(series, of, factor, size)));
    for (int i = 0; i < watched.length; i++) {
      longer[i / factor] += watched[i];
    }
    long missing = missingSeconds + (long) (size * factor - size()) * stepSeconds;
    return new Curve(stepSeconds * factor, missing, longer, merged);
  }

  private static double[] merge(Series series, double[] of, int factor, int size) {
    double[] merged = new double[size];
    for (int i = 0; i < of.length; i++) {
      int at = i / factor;
      if (series.isCount()) {
        merged[at] += of[i];
      } else if (i % factor == 0 || Double.isNaN(merged[at]) || of[i] > merged[at]) {
        merged[at] = of[i];
      }
    }
    return merged;
  }
}
