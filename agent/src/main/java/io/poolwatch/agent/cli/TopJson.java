package io.poolwatch.agent.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a period for scripts, as {@code docs/top.md} says; what is not known has no member. */
final class TopJson {
  /** Value of the member {@code schema}: raised when a reader would misunderstand. */
  static final int SCHEMA = 1;

  private TopJson() {}

  static void write(Period period, PrintStream to) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter out = new JsonWriter(text);
    out.setIndent("  ");
    Snapshot now = period.now();
    out.beginObject();
    out.name("schema").value(SCHEMA);
    out.name("poolwatch").value(now.version());
    out.name("service").value(now.service());
    out.name("pid").value(now.pid());
    out.name("time").value(now.time());
    number(out, "seconds", period.seconds());
    out.name("pools").beginArray();
    for (PoolRow row : period.rows(Column.BORROWS, false)) {
      pool(out, row);
    }
    out.endArray();
    out.name("not_watched").beginArray();
    for (String each : now.notWatched()) {
      out.value(each);
    }
    out.endArray();
    out.endObject();
    out.flush();
    to.println(text);
    to.flush();
  }

  private static void pool(JsonWriter out, PoolRow row) throws IOException {
    out.beginObject();
    out.name("name").value(row.name());
    out.name("system").value(row.now().system());
    text(out, "object_type", row.now().objectType());
    number(out, "borrows_per_second", row.borrowsPerSecond());
    number(out, "hit_percent", row.hitPercent());
    counts(out, "borrows", row);
    counts(out, "misses", row);
    text(out, "main_cause", row.mainCause());
    number(out, "idle", row.idle());
    number(out, "used", row.used());
    number(out, "limit", row.limit());
    number(out, "borrow_p99_seconds", row.borrowP99());
    number(out, "tenured", row.tenured());
    counts(out, "violations", row);
    text(out, "collapse", row.collapse());
    text(out, "verdict", row.verdict());
    out.name("since_start").beginObject();
    number(out, "borrows", row.now().sum("borrows"));
    number(out, "hits", row.now().number("borrows.hit"));
    number(out, "violations", row.now().sum("violations"));
    out.endObject();
    out.endObject();
  }

  private static void counts(JsonWriter out, String member, PoolRow row) throws IOException {
    out.name(member).beginObject();
    for (Map.Entry<String, Double> each : row.counts(member).entrySet()) {
      number(out, each.getKey(), each.getValue());
    }
    out.endObject();
  }

  private static void text(JsonWriter out, String name, @Nullable String value) throws IOException {
    if (value != null) {
      out.name(name).value(value);
    }
  }

  private static void number(JsonWriter out, String name, double value) throws IOException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return;
    }
    out.name(name);
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.value((long) value);
    } else {
      out.value(value);
    }
  }
}
