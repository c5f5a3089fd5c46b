package io.poolwatch.agent.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration from its four sources: agent arguments, system properties, environment,
 * file, the first that has a key winning. Nothing here stops the service: what cannot be understood
 * becomes a complaint, and the next best value is taken.
 *
 * <p>Runs in premain.
 */
public final class SettingsReader {
  private static final String PROPERTY_PREFIX = "poolwatch.";
  private static final String VARIABLE_PREFIX = "POOLWATCH_";

  /** Prefixes under which the packaged libraries look for their own properties; not keys. */
  private static final String[] FOREIGN = {"poolwatch.logback.", "poolwatch.slf4j."};

  private final Map<Option, Object> values = new HashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();

  private SettingsReader() {}

  /**
   * Reads everything.
   *
   * @param arguments the agent's arguments, or null
   * @param properties the system properties
   * @param environment the environment
   */
  public static Settings read(
      @Nullable String arguments, Properties properties, Map<String, String> environment) {
    SettingsReader reader = new SettingsReader();
    reader.readArguments(arguments == null ? "" : arguments);
    reader.readProperties(properties);
    reader.readEnvironment(environment);
    Object file = reader.values.get(Options.CONFIG);
    if (file != null && !file.equals("")) {
      reader.readFile((String) file);
    }
    for (Option option : Options.all()) {
      if (!reader.values.containsKey(option)) {
        Object value = Values.parse(option, option.defaultValue());
        if (value == null) {
          throw new IllegalStateException(option.name());
        }
        reader.values.put(option, value);
      }
    }
    return new Settings(reader.values, reader.names, reader.complaints);
  }

  private void readArguments(String arguments) {
    int start = 0;
    for (int i = 0; i <= arguments.length(); i++) {
      if (i == arguments.length() || arguments.charAt(i) == ',') {
        String one = arguments.substring(start, i).trim();
        start = i + 1;
        if (one.isEmpty()) {
          continue;
        }
        int equals = one.indexOf('=');
        if (equals < 0) {
          complaints.add(
              "agent argument \""
                  + shown(one)
                  + "\" is ignored: write key=value, with commas between"
                  + guess(one));
        } else {
          take(one.substring(0, equals).trim(), one.substring(equals + 1).trim(), "agent argument");
        }
      }
    }
  }

  private void readProperties(Properties properties) {
    // No stringPropertyNames(): it copies the whole table, defaults included.
    for (Object each : properties.keySet().toArray()) {
      if (each instanceof String && ((String) each).startsWith(PROPERTY_PREFIX)) {
        String name = (String) each;
        String value = properties.getProperty(name);
        if (value != null && !name.startsWith(FOREIGN[0]) && !name.startsWith(FOREIGN[1])) {
          take(name.substring(PROPERTY_PREFIX.length()), value.trim(), "system property");
        }
      }
    }
  }

  private void readEnvironment(Map<String, String> environment) {
    for (Map.Entry<String, String> each : environment.entrySet()) {
      String variable = each.getKey();
      if (variable.startsWith(VARIABLE_PREFIX)) {
        Option option = null;
        for (Option known : Options.all()) {
          if (known.variable().equals(variable)) {
            option = known;
            break;
          }
        }
        if (option == null) {
          String key = variable.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT);
          unknown(variable, key.replace('_', '.'), "environment variable", true);
        } else {
          put(option, each.getValue().trim(), "environment variable");
        }
      }
    }
  }

  private void readFile(String path) {
    Map<String, String> content = new LinkedHashMap<>();
    String trouble = ConfigFile.read(path, content);
    if (trouble != null) {
      complaints.add("configuration file \"" + shown(path) + "\" is not used: " + shown(trouble));
      return;
    }
    for (Map.Entry<String, String> each : content.entrySet()) {
      String key = each.getKey();
      if (key.startsWith(PROPERTY_PREFIX)) {
        key = key.substring(PROPERTY_PREFIX.length());
      }
      if (key.equals(Options.CONFIG.name())) {
        complaints.add("key \"config\" inside a configuration file is ignored: there is only one");
      } else {
        take(key, each.getValue().trim(), "configuration file");
      }
    }
  }

  private void take(String key, String value, String source) {
    if (key.startsWith(Options.NAME_PREFIX) && key.length() > Options.NAME_PREFIX.length()) {
      if (value.isEmpty()) {
        complaints.add("key \"" + shown(key) + "\" (" + source + ") is ignored: it names nothing");
      } else {
        names.putIfAbsent(key.substring(Options.NAME_PREFIX.length()), value);
      }
      return;
    }
    for (Option option : Options.all()) {
      if (option.name().equals(key)) {
        put(option, value, source);
        return;
      }
    }
    unknown(key, key, source, false);
  }

  private void put(Option option, String text, String source) {
    if (values.containsKey(option)) {
      return;
    }
    Object value = Values.parse(option, text);
    if (value != null) {
      values.put(option, value);
      return;
    }
    String nearest = Values.nearest(option, text);
    complaints.add(
        "bad value \""
            + shown(text)
            + "\" of key \""
            + option.name()
            + "\" ("
            + source
            + ") is ignored: expected "
            + option.expectation()
            + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?"));
  }

  /** The value of an unknown key is not shown: nobody knows what it is. */
  private void unknown(String written, String key, String source, boolean asVariable) {
    complaints.add(
        "unknown key \""
            + shown(written)
            + "\" ("
            + source
            + ") is ignored"
            + (asVariable ? guessVariable(key) : guess(key)));
  }

  private static String guess(String key) {
    Option nearest = nearestOption(key);
    return nearest == null
        ? "; -javaagent:poolwatch.jar=help lists all keys"
        : "; did you mean \"" + nearest.name() + "\"?";
  }

  private static String guessVariable(String key) {
    Option nearest = nearestOption(key);
    return nearest == null
        ? "; -javaagent:poolwatch.jar=help lists all keys"
        : "; did you mean \"" + nearest.variable() + "\"?";
  }

  private static @Nullable Option nearestOption(String key) {
    List<Option> all = Options.all();
    String[] words = new String[all.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = all.get(i).name();
    }
    String nearest = Nearest.of(key.toLowerCase(Locale.ROOT), words);
    for (Option option : all) {
      if (option.name().equals(nearest)) {
        return option;
      }
    }
    return null;
  }

  /** Short and free of control characters, which would let a value forge lines of the log. */
  private static String shown(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < 120; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.length() > 120 ? out.append("...").toString() : out.toString();
  }
}
