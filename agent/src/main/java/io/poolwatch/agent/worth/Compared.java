package io.poolwatch.agent.worth;

import java.util.Locale;

/**
 * One figure of a service with pools, and as it would be without them. NaN where it is not known.
 * Immutable.
 */
public final class Compared {
  /** Which figure. */
  public enum What {
    /** Megabytes that all threads allocate in a second. */
    ALLOCATION("allocation, MB/s"),
    /** Young collections in a minute. */
    YOUNG_COLLECTIONS("young collections a minute"),
    /** Megabytes that these promote in a second. */
    PROMOTION("promotion, MB/s"),
    /** Borrows that found an object, of a hundred. */
    HIT_RATE("hit rate, %");

    private final String label;

    What(String label) {
      this.label = label;
    }

    /** Its name with the unit, as in the log. */
    public String label() {
      return label;
    }
  }

  private static final double LEAST_SHOWN = 0.0005;

  private final What what;
  private final double with;
  private final double without;
  private final boolean withAtLeast;
  private final boolean withoutAtLeast;

  Compared(What what, double with, double without) {
    this(what, with, without, false, false);
  }

  private Compared(
      What what, double with, double without, boolean withAtLeast, boolean withoutAtLeast) {
    this.what = what;
    this.with = with;
    this.without = without;
    this.withAtLeast = withAtLeast;
    this.withoutAtLeast = withoutAtLeast;
  }

  /** What is promoted: without the pools never known but for a least figure, if that is not 0. */
  static Compared promotion(double with, boolean atLeast, double without) {
    boolean any = without >= LEAST_SHOWN;
    return new Compared(What.PROMOTION, with, any ? without : Double.NaN, atLeast, any);
  }

  /** Which figure this is. */
  public What what() {
    return what;
  }

  /** As it is. */
  public double with() {
    return with;
  }

  /** Whether it may be more than that. */
  public boolean isWithAtLeast() {
    return withAtLeast;
  }

  /** As it would be. */
  public double without() {
    return without;
  }

  /** Whether it may be more than that. */
  public boolean isWithoutAtLeast() {
    return withoutAtLeast;
  }

  /** As it is, in words. */
  public String withWords() {
    return words(with, withAtLeast);
  }

  /** As it would be, in words. */
  public String withoutWords() {
    return words(without, withoutAtLeast);
  }

  private static String words(double value, boolean atLeast) {
    if (Double.isNaN(value)) {
      return "-";
    }
    String digits = value >= LEAST_SHOWN && value < 1 ? "%.3f" : "%.1f";
    return (atLeast ? "at least " : "") + String.format(Locale.ROOT, digits, value);
  }
}
