package io.poolwatch.agent.page;

import io.poolwatch.agent.worth.Figures;
import java.util.Locale;

/** Figures as they stand in the report. */
final class Words {
  private Words() {}

  /** Rounded down: 100 % is said of all, and of nothing less; and up to the least that is not 0. */
  static String percent(long part, long whole) {
    return whole == 0 ? "–" : percent((double) part / whole);
  }

  static String percent(double share) {
    double percent = share * 100;
    if (percent > 0 && percent < 0.1) {
      return "< 0.1 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(percent * 10 + 1e-9) / 10);
  }

  /** What is lost in each second, given as a time in seconds. */
  static String lost(double seconds) {
    return "about " + Figures.time(seconds * 1e9) + " lost in a second";
  }

  /** Bytes; what is none has no digits after the point. */
  static String bytes(double value) {
    return value == 0 ? "0 B" : Figures.bytes(value);
  }

  /** A count by the second. */
  static String rate(double value) {
    if (value >= 1_000) {
      return Figures.count(Math.round(value));
    }
    return String.format(Locale.ROOT, value >= 100 || value == 0 ? "%.0f" : "%.1f", value);
  }

  /** A number at an axis: short. */
  static String tick(double value) {
    if (value >= 1e9) {
      return trim(value / 1e9) + " G";
    }
    if (value >= 1e6) {
      return trim(value / 1e6) + " M";
    }
    return value >= 1e4 ? trim(value / 1e3) + " k" : trim(value);
  }

  private static String trim(double value) {
    String text = String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** How long something lasted, in the two units that matter. */
  static String span(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 120) {
      return whole + " s";
    }
    if (whole < 7_200) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole < 172_800
        ? whole / 3_600 + " h " + whole / 60 % 60 + " min"
        : whole / 86_400 + " d " + whole / 3_600 % 24 + " h";
  }
}
