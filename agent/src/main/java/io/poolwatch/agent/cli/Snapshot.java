package io.poolwatch.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.poolwatch.agent.state.StateJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of a service as its agent wrote it. Immutable. */
final class Snapshot {
  private final JsonObject document;
  private final Map<String, PoolFigures> pools = new LinkedHashMap<>();

  private Snapshot(JsonObject document) {
    this.document = document;
    JsonElement all = document.get("pools");
    if (all instanceof JsonArray) {
      for (JsonElement each : (JsonArray) all) {
        PoolFigures pool = new PoolFigures(each.getAsJsonObject());
        pools.put(pool.key(), pool);
      }
    }
  }

  /**
   * Reads it.
   *
   * @throws Refusal if it is none, or of another version of poolwatch
   */
  static Snapshot parse(byte[] text) throws Refusal {
    try {
      JsonObject document =
          JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
      JsonElement schema = document.get("schema");
      if (schema == null || schema.getAsInt() != StateJson.SCHEMA) {
        throw new Refusal(
            "this state was written by poolwatch "
                + Plain.line(String.valueOf(document.get("poolwatch")))
                + ", which this one does not understand; use the poolwatch.jar that runs there");
      }
      return new Snapshot(document);
    } catch (JsonParseException | IllegalStateException | NumberFormatException broken) {
      throw new Refusal("the agent's state cannot be read: " + Plain.line(broken.getMessage()));
    }
  }

  /** Since when pools are watched, in seconds of a clock that does not step. */
  double watchedSeconds() {
    return PoolFigures.number(document, "watched_seconds", 0);
  }

  /** The time of day in the service, as it wrote it. */
  String time() {
    return PoolFigures.text(document, "time", "");
  }

  /** The version of the agent that wrote it. */
  String version() {
    return PoolFigures.text(document, "poolwatch", "");
  }

  /** The service's name. */
  String service() {
    return PoolFigures.text(PoolFigures.object(document, "service"), "name", "a service");
  }

  /** The process number, as the service knows it. */
  long pid() {
    return (long) PoolFigures.number(PoolFigures.object(document, "service"), "pid", 0);
  }

  /** All pools. */
  List<PoolFigures> pools() {
    return new ArrayList<>(pools.values());
  }

  /** A pool of an earlier or later state. */
  @Nullable PoolFigures like(PoolFigures other) {
    return pools.get(other.key());
  }

  /** Pool classes that were loaded before the agent, and are not watched. */
  List<String> notWatched() {
    List<String> names = new ArrayList<>();
    JsonElement all = document.get("not_watched");
    if (all instanceof JsonArray) {
      for (JsonElement each : (JsonArray) all) {
        names.add(each.getAsString());
      }
    }
    return names;
  }
}
