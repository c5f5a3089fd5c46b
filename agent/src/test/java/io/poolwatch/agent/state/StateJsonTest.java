package io.poolwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.poolwatch.book.Books;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.collapse.CollapseState;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class StateJsonTest {
  private final Object pool = new Object();

  private JsonObject written(PoolSystem system, String name, boolean known) throws IOException {
    new Ledger((any, facts) -> null, 1).snapshot();
    Books.register(pool, book(system));
    Ledger ledger = new Ledger((any, facts) -> name, 10);
    ledger.snapshot();
    Durations durations = new Durations(ledger);
    if (known) {
      PoolIdentity identity = ledger.snapshot().get(0).identity();
      durations.add(identity, DurationSamples.BORROW, 2_000_000);
    }
    PoolStates states =
        new PoolStates(
            ledger,
            durations,
            identity -> known ? new CollapseReading(CollapseState.SUSPECT, 0.5) : null,
            identity -> null);
    StringWriter text = new StringWriter();
    StateJson.write(
        new JsonWriter(text), ServiceFacts.ofProcess("shop"), Instant.EPOCH, states.now());
    Reference.reachabilityFence(pool);
    return JsonParser.parseString(text.toString()).getAsJsonObject();
  }

  private static ObjectBook book(PoolSystem system) {
    ObjectBook book = new ObjectBook(system, new PoolFacts("Pool"));
    Life life = new Life();
    book.created(life, life);
    book.lent(life, true);
    return book;
  }

  private static JsonObject first(JsonObject document) {
    return document.getAsJsonArray("pools").get(0).getAsJsonObject();
  }

  @Test
  void headSaysWhatThisIsAndOfWhichProcess() throws IOException {
    JsonObject document = written(PoolSystem.named("s").build(), "a", false);
    assertThat(document.get("schema").getAsInt()).isEqualTo(StateJson.SCHEMA);
    assertThat(document.get("time").getAsString()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(document.get("watched_seconds").getAsDouble()).isBetween(0.0, 60.0);
    JsonObject service = document.getAsJsonObject("service");
    assertThat(service.get("name").getAsString()).isEqualTo("shop");
    assertThat(service.get("pid").getAsLong()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void whatWasCountedIsThereAndWhatIsNotKnownIsAbsent() throws IOException {
    JsonObject bare = first(written(PoolSystem.named("s").build(), "a", false));
    assertThat(bare.getAsJsonObject("borrows").get("miss").getAsLong()).isEqualTo(1);
    assertThat(bare.get("used").getAsLong()).isEqualTo(1);
    assertThat(bare.get("created").getAsLong()).isEqualTo(1);
    assertThat(bare.keySet())
        .doesNotContain(
            "hit_ratio",
            "waiting",
            "validations",
            "idle_limit",
            "total_limit",
            "tenured",
            "borrow_duration",
            "loan_duration",
            "idle_bytes",
            "verdict",
            "collapse");
  }

  @Test
  void whatIsKnownIsThere() throws IOException {
    PoolSystem able =
        PoolSystem.named("s")
            .waiting()
            .validating()
            .violations(EnumSet.of(ViolationKind.LEAK))
            .build();
    JsonObject full = first(written(able, "a", true));
    assertThat(full.get("waiting").getAsLong()).isZero();
    assertThat(full.getAsJsonObject("validations").keySet())
        .containsExactly("valid", "invalid", "error");
    assertThat(full.getAsJsonObject("violations").keySet()).containsExactly("leak");
    assertThat(full.getAsJsonObject("collapse").get("state").getAsString()).isEqualTo("suspect");
    JsonObject all = full.getAsJsonObject("borrow_duration").getAsJsonObject("all");
    assertThat(all.get("samples").getAsLong()).isEqualTo(1);
    assertThat(all.get("p50").getAsDouble()).isBetween(0.00174, 0.002);
    assertThat(all.get("max").getAsDouble()).isEqualTo(0.002);
  }

  @Test
  void namesComeBackAsTheyAreHoweverOdd() throws IOException {
    String odd = "\"</script>\n\u001b[2J\u202e\u05d0\u2028 '\\ \ud83d\ude00";
    assertThat(first(written(PoolSystem.named("s").build(), odd, false)).get("name").getAsString())
        .isEqualTo(odd);
  }

  @Test
  void longNamesKeepStartAndEnd() throws IOException {
    String name = "start" + "x".repeat(10_000) + "end";
    String written =
        first(written(PoolSystem.named("s").build(), name, false)).get("name").getAsString();
    assertThat(written).startsWith("start").endsWith("end").hasSizeLessThan(1_100);
  }

  @Test
  void whatIsNotKnownOfAPoolThatWasInUseBeforeHasNoMember() throws IOException {
    new Ledger((any, facts) -> null, 1).snapshot();
    ShareBook book = new ShareBook(PoolSystem.named("late").build(), new PoolFacts("Pool"));
    book.inherit();
    book.settled();
    Object local = new Object();
    book.announce(pool, Object.class);
    book.open(local, true).hit();
    Ledger ledger = new Ledger((any, facts) -> "late", 10);
    StringWriter text = new StringWriter();
    StateJson.write(
        new JsonWriter(text),
        ServiceFacts.ofProcess("shop"),
        Instant.EPOCH,
        new PoolStates(ledger, new Durations(ledger), identity -> null, identity -> null).now());
    JsonObject written = first(JsonParser.parseString(text.toString()).getAsJsonObject());
    assertThat(written.getAsJsonObject("borrows").get("hit").getAsLong()).isOne();
    assertThat(written.get("created").getAsLong()).isZero();
    assertThat(written.has("idle")).isFalse();
    assertThat(written.has("used")).isFalse();
    assertThat(written.has("idle_bytes")).isFalse();
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(pool);
  }
}
