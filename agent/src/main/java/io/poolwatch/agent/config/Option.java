package io.poolwatch.agent.config;

import java.util.Locale;

/** One key of the configuration: its name, what values it takes, its default and its meaning. */
public final class Option {
  /** What values a key takes. */
  public enum Kind {
    /** {@code true} or {@code false}. */
    FLAG("true or false"),
    /** A whole number, bounded. */
    COUNT("a whole number"),
    /** A length of time with its unit: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}. */
    DURATION("a time such as 500ms, 10s, 5m or 1h"),
    /** Patterns with {@code *} and {@code ?}, separated by semicolons. */
    PATTERNS("patterns with * and ?, separated by semicolons"),
    /** A log level. */
    LEVEL("debug, info, warn, error or off"),
    /** The form of a report. */
    REPORT("html, json or both"),
    /** The path of a file. */
    PATH("the path of a file"),
    /** Any text. */
    TEXT("a name");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    /** What is expected, for help and complaints. */
    public String description() {
      return description;
    }
  }

  private final String name;
  private final Kind kind;
  private final String defaultValue;
  private final long least;
  private final long most;
  private final String meaning;

  Option(String name, Kind kind, String defaultValue, String meaning) {
    this(name, kind, defaultValue, 0, Long.MAX_VALUE, meaning);
  }

  Option(String name, Kind kind, String defaultValue, long least, long most, String meaning) {
    this.name = name;
    this.kind = kind;
    this.defaultValue = defaultValue;
    this.least = least;
    this.most = most;
    this.meaning = meaning;
  }

  /** The key as written in agent arguments and in a file. */
  public String name() {
    return name;
  }

  /** The key as a system property. */
  public String property() {
    return "poolwatch.".concat(name);
  }

  /** The key as an environment variable. */
  public String variable() {
    return "POOLWATCH_".concat(name.toUpperCase(Locale.ROOT).replace('.', '_'));
  }

  /** What values it takes. */
  public Kind kind() {
    return kind;
  }

  /** The value when nothing is said; empty for none. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What it does, in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** The least value that makes sense; of a duration, in milliseconds. */
  long least() {
    return least;
  }

  /** The greatest value that makes sense; of a duration, in milliseconds. */
  long most() {
    return most;
  }

  /** What is expected as a value, with the bounds. */
  String expectation() {
    if (kind == Kind.COUNT) {
      return kind.description().concat(" from " + least + " to " + most);
    }
    if (kind == Kind.DURATION) {
      return kind.description().concat(", from " + least + " ms to " + most / 1000 + " s");
    }
    return kind.description();
  }

  @Override
  public String toString() {
    return name;
  }
}
