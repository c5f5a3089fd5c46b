package io.poolwatch.agent.state;

import com.google.gson.stream.JsonWriter;
import io.poolwatch.agent.worth.Verdict;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ValidationOutcome;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.otel.PoolwatchVersion;
import io.poolwatch.worth.Worth;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes states as JSON, as {@code docs/report.schema.json} says. What is not known has no member;
 * what can be and did not happen is 0. Times are seconds, sizes bytes. No state.
 */
public final class StateJson {
  /** Value of the member {@code schema}: raised when a reader would misunderstand. */
  public static final int SCHEMA = 1;

  /** Longer names keep their start and their end. */
  private static final int LONGEST_TEXT = 1_000;

  private StateJson() {}

  /** Writes a document of the states alone. */
  public static void write(JsonWriter out, ServiceFacts service, Instant now, List<PoolState> pools)
      throws IOException {
    out.beginObject();
    head(out, service, now);
    pools(out, pools);
    out.endObject();
  }

  /** Writes the members that say what this is, of which process, and of when. */
  public static void head(JsonWriter out, ServiceFacts service, Instant now) throws IOException {
    out.name("schema").value(SCHEMA);
    out.name("poolwatch").value(PoolwatchVersion.get());
    out.name("time").value(now.truncatedTo(ChronoUnit.MILLIS).toString());
    out.name("watched_seconds")
        .value((System.nanoTime() - service.startedNanos()) / 1_000_000L / 1e3);
    out.name("service").beginObject();
    out.name("name").value(cut(service.name()));
    out.name("pid").value(service.pid());
    out.name("jvm").value(cut(service.jvm()));
    out.endObject();
  }

  /** Writes the member {@code pools}. */
  public static void pools(JsonWriter out, List<PoolState> pools) throws IOException {
    out.name("pools").beginArray();
    for (PoolState pool : pools) {
      out.beginObject();
      members(out, pool);
      out.endObject();
    }
    out.endArray();
  }

  /** Writes the members of one pool's object. */
  public static void members(JsonWriter out, PoolState state) throws IOException {
    PoolSnapshot pool = state.figures();
    out.name("name").value(cut(pool.identity().name()));
    out.name("system").value(pool.identity().system());
    String type = pool.identity().objectType();
    if (type != null) {
      out.name("object_type").value(cut(type));
    }
    out.name("instances").value(pool.pools());
    counts(out, pool.system(), pool.tally());
    Double ratio = pool.hitRatio();
    if (ratio != null) {
      number(out, "hit_ratio", ratio);
    }
    limit(out, "idle_limit", pool.idleLimit());
    limit(out, "total_limit", pool.totalLimit());
    if (pool.system().waits()) {
      out.name("waiting").value(pool.tally().pending());
    }
    durations(out, "borrow_duration", state.borrows(), state.latestBorrows());
    durations(out, "loan_duration", state.loans(), state.latestLoans());
    if (pool.knowsTenured()) {
      tenured(out, pool.tally());
    }
    worth(out, pool.worth());
    verdict(out, state.verdict());
    collapse(out, state.collapse());
  }

  private static void counts(JsonWriter out, PoolSystem system, Tally tally) throws IOException {
    out.name("borrows").beginObject();
    for (BorrowOutcome outcome : system.borrowOutcomes()) {
      out.name(outcome.label()).value(tally.borrows(outcome));
    }
    out.endObject();
    out.name("misses").beginObject();
    for (MissCause cause : system.missCauses()) {
      out.name(cause.label()).value(tally.misses(cause));
    }
    out.endObject();
    out.name("returns").beginObject();
    for (ReturnOutcome outcome : system.returnOutcomes()) {
      out.name(outcome.label()).value(tally.returns(outcome));
    }
    out.endObject();
    if (system.validates()) {
      out.name("validations").beginObject();
      for (ValidationOutcome outcome : ValidationOutcome.values()) {
        out.name(outcome.label()).value(tally.validations(outcome));
      }
      out.endObject();
    }
    out.name("violations").beginObject();
    for (ViolationKind kind : system.violations()) {
      if (kind == ViolationKind.USE_AFTER_RETURN && system.guard().isOpen()) {
        continue; // nobody looks any more
      }
      out.name(kind.label()).value(tally.violations(kind));
    }
    out.endObject();
    out.name("created").value(tally.created());
    if (tally.inherited() > 0) {
      out.name("inherited").value(tally.inherited());
    }
    out.name("removed").beginObject();
    for (RemovalReason reason : system.removalReasons()) {
      out.name(reason.label()).value(tally.removed(reason));
    }
    out.endObject();
    if (tally.knowsIdle()) {
      out.name("idle").value(tally.idle());
    }
    if (tally.knowsUsed()) {
      out.name("used").value(tally.used());
    }
    if (tally.hasKeys()) {
      out.name("keys").beginObject();
      out.name("asked").value(tally.keysAsked());
      out.name("idle_elsewhere").value(tally.idleElsewhere());
      out.name("opened").value(tally.keysOpened());
      out.endObject();
    }
  }

  private static void tenured(JsonWriter out, Tally tally) throws IOException {
    out.name("tenured").beginObject();
    out.name("idle").value(tally.tenuredIdle());
    out.name("used").value(tally.tenuredUsed());
    out.name("removed").value(tally.tenuredRemoved());
    out.name("estimated").value(tally.isTenuredEstimated());
    if (tally.isTenuredEstimated()) {
      out.name("bounds").beginObject();
      bound(out, "idle", tally.tenuredIdleLeast(), tally.tenuredIdleMost());
      bound(out, "used", tally.tenuredUsedLeast(), tally.tenuredUsedMost());
      bound(out, "removed", tally.tenuredRemovedLeast(), tally.tenuredRemovedMost());
      out.endObject();
    }
    out.name("promotions").beginObject();
    for (PromotionKind kind : PromotionKind.values()) {
      out.name(kind.label()).value(tally.promotions(kind));
    }
    out.endObject();
    out.endObject();
  }

  private static void bound(JsonWriter out, String name, long least, long most) throws IOException {
    out.name(name).beginObject();
    out.name("least").value(least);
    out.name("most").value(most);
    out.endObject();
  }

  private static void worth(JsonWriter out, Worth worth) throws IOException {
    if (worth.idleBytes() >= 0 && worth.usedBytes() >= 0) {
      out.name("idle_bytes").value(worth.idleBytes());
      out.name("used_bytes").value(worth.usedBytes());
    }
    if (worth.allocationAvoided() >= 0) {
      out.name("allocation_avoided_bytes").value(worth.allocationAvoided());
    }
    number(out, "time_saved_seconds", worth.nanosSaved() / 1e9);
    number(out, "time_paid_seconds", worth.nanosPaid() / 1e9);
  }

  private static void verdict(JsonWriter out, @Nullable Verdict verdict) throws IOException {
    if (verdict == null) {
      return;
    }
    out.name("verdict").beginObject();
    out.name("kind").value(verdict.kind().label());
    if (verdict.size() != Verdict.NO_SIZE) {
      out.name("size").value(verdict.size());
    }
    out.name("reason").value(verdict.reason());
    out.name("account").value(verdict.account());
    String experiment = verdict.experiment();
    if (experiment != null) {
      out.name("experiment").value(experiment);
    }
    out.endObject();
  }

  private static void collapse(JsonWriter out, @Nullable CollapseReading reading)
      throws IOException {
    if (reading != null) {
      out.name("collapse").beginObject();
      out.name("state").value(reading.state().label());
      number(out, "score", reading.score());
      out.endObject();
    }
  }

  private static void durations(
      JsonWriter out, String name, @Nullable Quantiles all, @Nullable Quantiles latest)
      throws IOException {
    if (all == null) {
      return;
    }
    out.name(name).beginObject();
    quantiles(out, "all", all);
    if (latest != null) {
      quantiles(out, "latest", latest);
    }
    out.endObject();
  }

  private static void quantiles(JsonWriter out, String name, Quantiles quantiles)
      throws IOException {
    out.name(name).beginObject();
    out.name("samples").value(quantiles.samples());
    out.name("p50").value(quantiles.median() / 1e9);
    out.name("p90").value(quantiles.p90() / 1e9);
    out.name("p99").value(quantiles.p99() / 1e9);
    out.name("max").value(quantiles.longest() / 1e9);
    out.endObject();
  }

  private static void limit(JsonWriter out, String name, long limit) throws IOException {
    if (limit != PoolBook.UNLIMITED) {
      out.name(name).value(limit);
    }
  }

  private static void number(JsonWriter out, String name, double value) throws IOException {
    if (!Double.isNaN(value) && !Double.isInfinite(value)) {
      out.name(name).value(value);
    }
  }

  /** A text that somebody else chose, no longer than its place; the writer escapes it. */
  public static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int half = LONGEST_TEXT / 2;
    return text.substring(0, half) + "…" + text.substring(text.length() - half);
  }
}
