package io.poolwatch.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;

/** Makes states for tests, as an agent writes them. */
final class States {
  private final JsonObject document = new JsonObject();
  private final JsonArray pools = new JsonArray();

  private States(double watchedSeconds) {
    document.addProperty("schema", 1);
    document.addProperty("poolwatch", "1.2.3");
    document.addProperty("time", "2026-01-02T03:04:05Z");
    document.addProperty("watched_seconds", watchedSeconds);
    JsonObject service = new JsonObject();
    service.addProperty("name", "shop");
    service.addProperty("pid", 4711);
    document.add("service", service);
    document.add("pools", pools);
  }

  static States at(double watchedSeconds) {
    return new States(watchedSeconds);
  }

  /** Adds a pool with such counts and further members. */
  States pool(String name, long hits, long misses, String members) {
    JsonObject pool =
        JsonParser.parseString(
                "{'system':'commons_pool2','borrows':{'hit':"
                    + hits
                    + ",'miss':"
                    + misses
                    + "},'misses':{'capacity':"
                    + misses
                    + ",'cold':0},'idle':3,'used':2"
                    + (members.isEmpty() ? "" : "," + members)
                    + "}")
            .getAsJsonObject();
    pool.addProperty("name", name);
    pools.add(pool);
    return this;
  }

  Snapshot read() throws Refusal {
    return Snapshot.parse(text().getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    return document.toString();
  }
}
