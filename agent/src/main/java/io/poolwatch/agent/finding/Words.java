package io.poolwatch.agent.finding;

import java.util.Locale;

/** Figures as they stand in evidence. */
final class Words {
  private Words() {}

  /** A count, its digits in groups of three. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }

  /** A share of a whole that is not 0, in percent. */
  static String percent(long part, long whole) {
    double percent = 100.0 * part / whole;
    if (percent < 0.1 && part > 0) {
      return "< 0.1 %";
    }
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** A time, in the unit that a person would choose. */
  static String time(long nanos) {
    long seconds = Math.max(1, Math.round(nanos / 1e9));
    return seconds < 120 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }
}
