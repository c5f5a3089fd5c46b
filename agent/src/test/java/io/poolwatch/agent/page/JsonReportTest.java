package io.poolwatch.agent.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.worth.Verdict;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.Share;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseState;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private static JsonSchema schema;

  private final SomePools pools = new SomePools();

  @BeforeAll
  static void readSchema() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "report.schema.json"));
    schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
  }

  @AfterEach
  void poolsLiveUntilHere() {
    Reference.reachabilityFence(pools.kept);
  }

  private String written() throws IOException {
    StringWriter text = new StringWriter();
    JsonReport.write(text, pools.report());
    return text.toString();
  }

  private void fill() {
    Share share = pools.share(pools.add("orders"));
    pools.states.now(); // gives it its name
    pools.histories.look(pools.start);
    for (int tick = 1; tick < 20; tick++) {
      SomePools.use(share, 100, 40);
      pools.histories.look(pools.start + tick * 2_000_000_000L);
    }
    pools.add("broken \"\n\u001b").violated(ViolationKind.LEAK);
    PoolIdentity orders = new PoolIdentity("orders", "some_pools", null);
    pools.verdicts.put(orders, new Verdict(Verdict.Kind.GROW, orders, 77, "reason", "account"));
    pools.collapses.put("orders", CollapseState.COLLAPSED);
    pools.measured();
    pools.coverage.seen("a", "b").gap("c", "d");
    pools.journal.accept(
        new AgentEvent(
            "poolwatch.collapse",
            "collapse: the hit rate fell",
            Map.of(
                "poolwatch.collapse.change",
                "fell",
                "poolwatch.pool.name",
                "orders",
                "poolwatch.pool.system",
                "some_pools"),
            null,
            null));
  }

  @Test
  void reportIsAsTheSchemaSays() throws IOException {
    fill();
    assertThat(schema.validate(written(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void reportWithoutAnythingIsAsTheSchemaSays() throws IOException {
    assertThat(schema.validate(written(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void reportOfAPoolThatWasInUseBeforeIsAsTheSchemaSays() throws IOException {
    SomePools.use(pools.share(pools.addLate("late")), 50, 3);
    pools.states.now();
    for (int tick = 1; tick <= 5; tick++) {
      pools.histories.look(pools.start + tick * 2_000_000_000L);
    }
    assertThat(written()).doesNotContain("\"idle\"", "\"used\"", "NaN").contains("\"created\"");
    assertThat(schema.validate(written(), InputFormat.JSON)).isEmpty();
  }

  /** Else the three tests above would say nothing. */
  @Test
  void schemaRefusesWhatIsNotInIt() throws IOException {
    fill();
    JsonObject report = JsonParser.parseString(written()).getAsJsonObject();
    JsonObject pool = report.getAsJsonArray("pools").get(0).getAsJsonObject();
    pool.addProperty("another", 1);
    assertThat(schema.validate(report.toString(), InputFormat.JSON)).isNotEmpty();
    pool.remove("another");
    pool.addProperty("idle", -1);
    assertThat(schema.validate(report.toString(), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void historyAddsUpToWhatWasCounted() throws IOException {
    fill();
    JsonObject report = JsonParser.parseString(written()).getAsJsonObject();
    for (JsonElement each : report.getAsJsonArray("pools")) {
      JsonObject pool = each.getAsJsonObject();
      if (pool.get("name").getAsString().equals("orders")) {
        assertThat(sum(pool.getAsJsonObject("history").getAsJsonArray("borrows")))
            .isCloseTo(19 * 140, within(0.1));
        assertThat(pool.getAsJsonObject("verdict").get("size").getAsLong()).isEqualTo(77);
        assertThat(pool.getAsJsonArray("told")).hasSize(1);
        return;
      }
    }
    throw new AssertionError("no orders in " + report);
  }

  private static double sum(JsonArray values) {
    double sum = 0;
    for (JsonElement value : values) {
      sum += value.isJsonNull() ? 0 : value.getAsDouble();
    }
    return sum;
  }

  @Test
  void serviceWithAndWithoutItsPoolsIsInFigures() throws IOException {
    fill();
    JsonObject report = JsonParser.parseString(written()).getAsJsonObject();
    JsonObject all = report.getAsJsonObject("without_pools");
    assertThat(all.get("seconds").getAsDouble()).isEqualTo(10);
    assertThat(with(all, "allocation_bytes_per_second")).isCloseTo(300e6, within(1.0));
    assertThat(with(all, "young_collections_per_minute")).isEqualTo(120);
    assertThat(with(all, "promotion_bytes_per_second")).isCloseTo(5e6, within(1.0));
    assertThat(
            all.getAsJsonObject("promotion_bytes_per_second").get("with_at_least").getAsBoolean())
        .isTrue();
    for (JsonElement each : report.getAsJsonArray("pools")) {
      JsonObject pool = each.getAsJsonObject();
      if (pool.get("name").getAsString().equals("orders")) {
        JsonObject own = pool.getAsJsonObject("without_this_pool");
        assertThat(with(own, "hit_ratio")).isCloseTo(100.0 / 140, within(1e-9));
        // No building was measured: it is not known what there would be.
        assertThat(own.getAsJsonObject("allocation_bytes_per_second").has("without")).isFalse();
      } else {
        assertThat(pool.has("without_this_pool")).isFalse(); // nobody borrowed
      }
    }
  }

  private static double with(JsonObject figures, String name) {
    return figures.getAsJsonObject(name).get("with").getAsDouble();
  }

  @Test
  void problemsAreThere() throws IOException {
    fill();
    JsonObject report = JsonParser.parseString(written()).getAsJsonObject();
    assertThat(report.getAsJsonArray("problems").get(0).getAsJsonObject().get("kind").getAsString())
        .isEqualTo("leak");
  }
}
