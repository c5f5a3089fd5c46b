package io.poolwatch.agent.cli;

import static io.poolwatch.agent.cli.LoadedFigures.grown;
import static io.poolwatch.agent.cli.LoadedFigures.of;
import static io.poolwatch.agent.cli.LoadedFigures.sum;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** What is known of a Recycler and of a bundled pool that were in use before an attach. */
final class LoadedShares {
  private static final String LETTERS = "Letters.Letter";
  private static final String BUILDERS = "builders";

  private LoadedShares() {}

  static void haveHitsAndNothingUnknown(JsonObject answer) {
    hasHits(poolOf(answer, LETTERS), "idle", "used", "tenured");
    hasHits(poolOf(answer, BUILDERS), "used", "tenured");
  }

  private static void hasHits(JsonObject shown, String... unknown) {
    assertThat(shown.get("hit_percent").getAsDouble()).as(shown.toString()).isBetween(20.0, 100.0);
    hasNone(shown, unknown);
  }

  private static void hasNone(JsonObject pool, String... unknown) {
    for (String each : unknown) {
      assertThat(pool.has(each)).as("%s of %s", each, pool).isFalse();
    }
  }

  /** A Recycler tells what came and went, and nothing of what it has. */
  static void lettersHaveCountedTheSame(
      JsonObject agentBefore,
      JsonObject agentAfter,
      Map<String, Long> before,
      Map<String, Long> after) {
    JsonObject then = poolOf(agentBefore, LETTERS);
    JsonObject now = poolOf(agentAfter, LETTERS);
    String as = String.format("%s\n%s\n%s\n%s", then, now, before, after);
    long hits = of(now, "borrows", "hit") - of(then, "borrows", "hit");
    long misses = of(now, "borrows", "miss") - of(then, "borrows", "miss");
    assertThat(hits + misses).as(as).isEqualTo(grown("letter borrowed", before, after));
    assertThat(misses).as(as).isEqualTo(grown("letter made", before, after)).isPositive();
    assertThat(hits).as(as).isPositive();
    assertThat(of(now, "created") - of(then, "created")).as(as).isEqualTo(misses);
    assertThat(sum(now, "returns") - sum(then, "returns"))
        .as(as)
        .isEqualTo(grown("letter returned", before, after))
        .isPositive();
    assertThat(sum(now, "violations")).as(as).isZero();
    hasNone(now, "idle", "used", "inherited", "idle_bytes", "tenured");
  }

  /** A bundled pool counts for itself, and so knows what is idle. */
  static void buildersHaveCountedTheSame(
      JsonObject agentBefore,
      JsonObject agentAfter,
      Map<String, Long> before,
      Map<String, Long> after) {
    JsonObject then = poolOf(agentBefore, BUILDERS);
    JsonObject now = poolOf(agentAfter, BUILDERS);
    String as = String.format("%s\n%s\n%s\n%s", then, now, before, after);
    long hits = of(now, "borrows", "hit") - of(then, "borrows", "hit");
    long misses = of(now, "borrows", "miss") - of(then, "borrows", "miss");
    assertThat(hits).as(as).isEqualTo(grown("builders hits", before, after)).isPositive();
    assertThat(misses).as(as).isEqualTo(grown("builders made", before, after)).isPositive();
    assertThat(hits + misses).as(as).isEqualTo(grown("builders borrowed", before, after));
    assertThat(of(now, "created") - of(then, "created")).as(as).isEqualTo(misses);
    assertThat(sum(now, "returns") - sum(then, "returns"))
        .as(as)
        .isEqualTo(grown("builders returned", before, after));
    // A collection after the service came to rest takes what was idle.
    assertThat(sum(now, "removed") - sum(then, "removed") + of(now, "idle") - of(then, "idle"))
        .as(as)
        .isEqualTo(
            grown("builders dropped", before, after)
                + grown("builders collected", before, after)
                + grown("builders idle", before, after));
    assertThat(of(now, "idle")).as(as).isBetween(0L, after.get("builders idle"));
    hasNone(now, "used", "inherited", "idle_bytes", "tenured");
  }

  private static JsonObject poolOf(JsonObject answer, String name) {
    for (JsonElement each : answer.getAsJsonArray("pools")) {
      if (each.getAsJsonObject().get("name").getAsString().equals(name)) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError("no pool " + name + " in " + answer);
  }
}
