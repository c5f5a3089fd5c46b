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

  /** An amount of memory in at most four characters: 640, 84k, 8.4M, 84M, 1.2G. */
  static String shortBytes(double bytes) {
    double amount = bytes;
    String units = " kMGT";
    int unit = 0;
    while (amount >= 999.5 && unit < units.length() - 1) {
      amount /= 1_000;
      unit++;
    }
    String digits = String.format(Locale.ROOT, unit > 0 && amount < 9.95 ? "%.1f" : "%.0f", amount);
    return unit == 0 ? digits : digits + units.charAt(unit);
  }

  /** An amount of memory with its unit: 640 B, 84.2 kB, 8.4 MB. */
  static String bytes(double bytes) {
    double amount = bytes;
    String units = " kMGT";
    int unit = 0;
    while (amount >= 999.95 && unit < units.length() - 1) {
      amount /= 1_000;
      unit++;
    }
    return unit == 0
        ? String.format(Locale.ROOT, "%.0f B", amount)
        : String.format(Locale.ROOT, "%.1f %cB", amount, units.charAt(unit));
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
