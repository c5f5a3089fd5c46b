package io.poolwatch.agent.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the values of keys. */
public final class Values {
  private static final String[] LEVELS = {"debug", "info", "warn", "error", "off"};
  private static final String[] FLAGS = {"true", "false"};
  private static final String[] REPORTS = {"html", "json", "both"};

  private Values() {}

  /**
   * Reads a value.
   *
   * @return the value in the type that {@link Settings} gives out, or null if the text is not one
   */
  static @Nullable Object parse(Option option, String text) {
    switch (option.kind()) {
      case FLAG:
        return oneOf(text, FLAGS) == null ? null : (Object) text.equalsIgnoreCase("true");
      case LEVEL:
        return oneOf(text, LEVELS);
      case REPORT:
        return oneOf(text, REPORTS);
      case COUNT:
        return within(option, number(text));
      case DURATION:
        return within(option, millis(text));
      case PATTERNS:
        Patterns patterns = Patterns.parse(text);
        return patterns.isEmpty() && !text.isEmpty() ? null : patterns;
      default:
        return text;
    }
  }

  /** The valid value that a bad one was perhaps meant to be, or null. */
  static @Nullable String nearest(Option option, String text) {
    switch (option.kind()) {
      case FLAG:
        return Nearest.of(text.toLowerCase(Locale.ROOT), FLAGS);
      case LEVEL:
        return Nearest.of(text.toLowerCase(Locale.ROOT), LEVELS);
      case REPORT:
        return Nearest.of(text.toLowerCase(Locale.ROOT), REPORTS);
      default:
        return null;
    }
  }

  private static @Nullable String oneOf(String text, String[] valid) {
    for (String each : valid) {
      if (each.equalsIgnoreCase(text)) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable Long within(Option option, @Nullable Long value) {
    return value == null || value < option.least() || value > option.most() ? null : value;
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException no) {
      return null;
    }
  }

  /**
   * A length of time such as {@code 500ms}, {@code 10s}, {@code 5m} or {@code 1h} in milliseconds.
   *
   * @return null if it is none
   */
  public static @Nullable Long millis(String text) {
    int unit = 0;
    while (unit < text.length() && Character.isDigit(text.charAt(unit))) {
      unit++;
    }
    Long number = number(text.substring(0, unit));
    long scale;
    switch (text.substring(unit).trim().toLowerCase(Locale.ROOT)) {
      case "ms":
        scale = 1;
        break;
      case "s":
        scale = 1_000;
        break;
      case "m":
        scale = 60_000;
        break;
      case "h":
        scale = 3_600_000;
        break;
      default:
        return null;
    }
    return number == null || number > Long.MAX_VALUE / scale ? null : (Long) (number * scale);
  }
}
