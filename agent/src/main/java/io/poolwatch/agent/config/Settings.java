package io.poolwatch.agent.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration in force, and what was wrong with it. Immutable. */
public final class Settings {
  private final Map<Option, Object> values;
  private final Map<String, String> names;
  private final List<String> complaints;

  Settings(Map<Option, Object> values, Map<String, String> names, List<String> complaints) {
    this.values = values;
    this.names = names;
    this.complaints = complaints;
  }

  /** The value of a key that is {@link Option.Kind#FLAG}. */
  public boolean flag(Option option) {
    return (Boolean) value(option);
  }

  /** The value of a key that is {@link Option.Kind#COUNT}. */
  public int count(Option option) {
    return ((Long) value(option)).intValue();
  }

  /** The value of a key that is {@link Option.Kind#DURATION}, in milliseconds. */
  public long millis(Option option) {
    return (Long) value(option);
  }

  /** The value of a key that is {@link Option.Kind#PATTERNS}. */
  public Patterns patterns(Option option) {
    return (Patterns) value(option);
  }

  /** The value of a key that is a text of any kind, or null if there is none. */
  public @Nullable String text(Option option) {
    String text = (String) value(option);
    return text.isEmpty() ? null : text;
  }

  /** Names that the user gives to pools, by pattern, in the order of their strength. */
  public Map<String, String> names() {
    return Collections.unmodifiableMap(names);
  }

  /** A pattern out of {@link #names}, ready to be compared. */
  public Patterns pattern(String text) {
    return Patterns.parse(text);
  }

  /** What was wrong, one line each, naming the key and the way out. */
  public List<String> complaints() {
    return Collections.unmodifiableList(complaints);
  }

  private Object value(Option option) {
    Object value = values.get(option);
    if (value == null) {
      throw new IllegalArgumentException(option.name());
    }
    return value;
  }
}
