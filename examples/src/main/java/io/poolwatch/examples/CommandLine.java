package io.poolwatch.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Command-line options of the form {@code --name value}. Immutable. */
public final class CommandLine {
  private final Map<String, String> values;

  private CommandLine(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads options.
   *
   * @param known the names allowed, without dashes
   * @throws IllegalArgumentException naming the option that is unknown or lacks its value
   */
  public static CommandLine parse(String[] args, Set<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : "";
      if (!known.contains(name)) {
        throw new IllegalArgumentException("Unknown option: " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("Option " + args[i] + " needs a value");
      }
      values.put(name, args[i + 1]);
    }
    return new CommandLine(values);
  }

  /** The option's value, or {@code otherwise} if it was not given. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /**
   * The option's value as a whole number.
   *
   * @throws IllegalArgumentException naming the option if it is not one from least to most
   */
  public int number(String name, int otherwise, int least, int most) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same complaint as for a number out of range.
    }
    throw new IllegalArgumentException(
        "Option --" + name + " must be a number from " + least + " to " + most + ": " + value);
  }
}
