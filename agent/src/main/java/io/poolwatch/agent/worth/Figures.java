package io.poolwatch.agent.worth;

import java.util.Locale;

/** Figures as they stand in verdicts. */
public final class Figures {
  private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Figures() {}

  /** A count, its digits in groups of three. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }

  /** Bytes, in the unit that a person would choose. */
  public static String bytes(double value) {
    double scaled = value;
    int unit = 0;
    while (scaled >= 1_000 && unit < BYTES.length - 1) {
      scaled /= 1_000;
      unit++;
    }
    return digits(scaled) + " " + BYTES[unit];
  }

  /** A time, in the unit that a person would choose. */
  public static String time(double nanos) {
    if (nanos < 1e3) {
      return digits(nanos) + " ns";
    }
    if (nanos < 1e6) {
      return digits(nanos / 1e3) + " µs";
    }
    return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
  }

  /** An interval of times. */
  public static String times(double least, double most) {
    String from = time(least);
    String to = time(most);
    return from.equals(to) ? from : from + " to " + to;
  }

  /** Two or three digits that count. */
  static String digits(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }
}
