package io.poolwatch.examples.receiver;

import java.util.Locale;
import java.util.Map;

/** Figures as short text. */
final class Numbers {
  private Numbers() {}

  /** A count in at most five characters up to 9999 millions: 9999, 12k, 1234k, 56M. */
  static String count(double count) {
    if (count < 10_000) {
      return Long.toString(Math.round(count));
    }
    return count < 10_000_000
        ? Math.round(count / 1_000) + "k"
        : Math.round(count / 1_000_000) + "M";
  }

  /** A rate: one decimal while it is small. */
  static String rate(double perSecond) {
    return perSecond < 1_000 ? String.format(Locale.ROOT, "%.1f", perSecond) : count(perSecond);
  }

  /** A part of a whole in per cent; a dash if there is no whole. Never rounded up to 100. */
  static String percent(double part, double whole) {
    if (whole <= 0) {
      return "-";
    }
    double percent = Math.floor(part / whole * 1_000) / 10;
    return percent == 100 ? "100" : String.format(Locale.ROOT, "%.1f", percent);
  }

  /** The largest entry, as "12 capacity"; empty if there is none. */
  static String top(Map<String, Double> amounts) {
    return amounts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(top -> count(top.getValue()) + " " + top.getKey())
        .orElse("");
  }

  /** Cut to that many characters, the cut marked. */
  static String fit(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }
}
