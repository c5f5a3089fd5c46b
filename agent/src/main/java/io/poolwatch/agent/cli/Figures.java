package io.poolwatch.agent.cli;

import java.util.Locale;

/** Numbers in five columns at most; a dash where nothing is known. */
final class Figures {
  private static final String NONE = "-";
  private static final String[] SCALES = {"", "k", "M", "G", "T", "P"};

  private Figures() {}

  /** A number of things. */
  static String count(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    return value < 9_999.5 ? format("%.0f", value) : scaled(value, 1_000);
  }

  /** How often in a second. */
  static String rate(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    return value < 999.95 ? format(value < 99.95 ? "%.1f" : "%.0f", value) : scaled(value, 1_000);
  }

  /** A share of a hundred, rounded down: 100 is shown for no miss at all, and for nothing else. */
  static String percent(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    return value >= 100 ? "100" : format("%.1f", Math.floor(value * 10 + 1e-9) / 10);
  }

  /** A length of time. */
  static String seconds(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    if (value < 999.5e-9) {
      return format("%.0fns", value * 1e9);
    }
    if (value < 999.5e-6) {
      return small(value * 1e6) + "us";
    }
    if (value < 0.9995) {
      return small(value * 1e3) + "ms";
    }
    return value < 600 ? small(value) + "s" : format("%.0fm", value / 60);
  }

  /** A size in memory. */
  static String bytes(double value) {
    return Double.isNaN(value)
        ? NONE
        : value < 1_024 ? format("%.0f", value) : scaled(value, 1_024);
  }

  private static String scaled(double value, int step) {
    double rest = value;
    int scale = 0;
    while (rest >= step * 0.99995 && scale < SCALES.length - 1) {
      rest /= step;
      scale++;
    }
    return small(rest) + SCALES[scale];
  }

  private static String small(double value) {
    return format(value < 9.995 ? "%.1f" : "%.0f", value);
  }

  private static String format(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }
}
