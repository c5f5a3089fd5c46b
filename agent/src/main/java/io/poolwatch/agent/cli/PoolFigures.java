package io.poolwatch.agent.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the pools of one name at one moment. What is not known is absent. Immutable. */
final class PoolFigures {
  /** Stands for a number that is not known. */
  static final double UNKNOWN = Double.NaN;

  private final JsonObject json;

  PoolFigures(JsonObject json) {
    this.json = json;
  }

  /** The same in each state of the same pools. */
  String key() {
    return name() + '\n' + system() + '\n' + text(json, "object_type", "");
  }

  String name() {
    return text(json, "name", "?");
  }

  String system() {
    return text(json, "system", "");
  }

  @Nullable String objectType() {
    return json.has("object_type") ? text(json, "object_type", "") : null;
  }

  /** A number such as {@code idle} or {@code tenured.idle}; {@link #UNKNOWN} if it is absent. */
  double number(String path) {
    JsonObject in = json;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      in = object(in, path.substring(from, dot));
      from = dot + 1;
    }
    return number(in, path.substring(from), UNKNOWN);
  }

  /** A text in an object; null if it is absent. */
  @Nullable String text(String member, String name) {
    JsonObject object = object(json, member);
    return object.has(name) ? text(object, name, "") : null;
  }

  /** Durations of borrows or loans. */
  PoolFigures durations(String member, String span) {
    return new PoolFigures(object(object(json, member), span));
  }

  /** Counts by kind, such as {@code misses}; empty if there are none. */
  Map<String, Double> counts(String member) {
    Map<String, Double> counts = new LinkedHashMap<>();
    JsonObject object = object(json, member);
    for (String each : object.keySet()) {
      double count = number(object, each, UNKNOWN);
      if (!Double.isNaN(count)) {
        counts.put(each, count);
      }
    }
    return counts;
  }

  /** The sum of counts by kind. */
  double sum(String member) {
    double sum = 0;
    for (double each : counts(member).values()) {
      sum += each;
    }
    return sum;
  }

  static JsonObject object(JsonObject in, String name) {
    JsonElement found = in.get(name);
    return found instanceof JsonObject ? (JsonObject) found : new JsonObject();
  }

  static double number(JsonObject in, String name, double absent) {
    JsonElement found = in.get(name);
    return found != null && found.isJsonPrimitive() && found.getAsJsonPrimitive().isNumber()
        ? found.getAsDouble()
        : absent;
  }

  static String text(JsonObject in, String name, String absent) {
    JsonElement found = in.get(name);
    return found != null && found.isJsonPrimitive() ? found.getAsString() : absent;
  }
}
