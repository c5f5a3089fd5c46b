package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the agent knows of a service that it was attached to, and what the service knows. */
final class LoadedFigures {
  private LoadedFigures() {}

  static void hasTheSameObjects(JsonObject agent, String pool, Map<String, Long> service) {
    assertThat(of(agent, "idle"))
        .as("idle in %s of %s", agent, service)
        .isEqualTo(service.get(pool + " idle"));
    assertThat(of(agent, "used"))
        .as("used in %s of %s", agent, service)
        .isEqualTo(service.get(pool + " active"));
  }

  static void hasCountedTheSame(
      JsonObject then,
      JsonObject now,
      String pool,
      Map<String, Long> before,
      Map<String, Long> after,
      long unseen) {
    String as = String.format("%s\n%s\n%s\n%s", then, now, before, after);
    long borrowed = grown(pool + " borrowed", before, after);
    long hits = of(now, "borrows", "hit") - of(then, "borrows", "hit");
    long misses = of(now, "borrows", "miss") - of(then, "borrows", "miss");
    assertThat(hits + misses).as("borrowed: %s", as).isEqualTo(borrowed - unseen).isPositive();
    long failed = grown(pool + " failed", before, after);
    assertThat(sum(now, "borrows") - sum(then, "borrows") - hits - misses)
        .as("not borrowed: %s", as)
        .isEqualTo(failed);
    assertThat(sum(now, "misses") - sum(then, "misses")).as("causes: %s", as).isEqualTo(misses);
    assertThat(sum(now, "returns") - sum(then, "returns"))
        .as("returned: %s", as)
        .isEqualTo(grown(pool + " returned", before, after));
    assertThat(of(now, "created") - of(then, "created"))
        .as("created: %s", as)
        .isEqualTo(grown(pool + " made", before, after));
    assertThat(sum(now, "removed") - sum(then, "removed"))
        .as("removed: %s", as)
        .isEqualTo(grown(pool + " destroyed", before, after));
    assertThat(of(now, "removed", "invalidated") - of(then, "removed", "invalidated"))
        .as("invalidated: %s", as)
        .isEqualTo(grown(pool + " invalidated", before, after));
  }

  static long grown(String figure, Map<String, Long> before, Map<String, Long> after) {
    return after.get(figure) - before.get(figure);
  }

  /** All that the agent knows; once it has looked into the pools again. */
  static JsonObject all(LoadedJvm loaded, Path directory, Path live) throws Exception {
    Thread.sleep(2_500);
    Path file = directory.resolve("figures.json");
    Tool report =
        Tool.here("report", loaded.pid(), file.toString(), "--directory", live.toString());
    assertThat(report.exit).as(report.toString()).isZero();
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  static JsonObject poolOf(JsonObject answer, String pool) {
    for (JsonElement each : answer.getAsJsonArray("pools")) {
      JsonObject found = each.getAsJsonObject();
      if (found.get("name").getAsString().equalsIgnoreCase("LoadedService." + pool)) {
        return found;
      }
    }
    throw new AssertionError("no pool " + pool + " in " + answer);
  }

  static long of(JsonObject pool, String... path) {
    JsonElement at = pool;
    for (String each : path) {
      at = at.getAsJsonObject().get(each);
      if (at == null) {
        return 0;
      }
    }
    return at.getAsLong();
  }

  static long sum(JsonObject pool, String figure) {
    return !pool.has(figure)
        ? 0
        : pool.getAsJsonObject(figure).asMap().values().stream()
            .mapToLong(JsonElement::getAsLong)
            .sum();
  }
}
