package io.poolwatch.agent.page;

import com.google.gson.stream.JsonWriter;
import io.poolwatch.agent.history.Curve;
import io.poolwatch.agent.history.Series;
import io.poolwatch.agent.state.PoolState;
import io.poolwatch.agent.state.StateJson;
import io.poolwatch.agent.worth.Compared;
import io.poolwatch.agent.worth.WithoutPools;
import io.poolwatch.book.MissCause;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes a report's figures, as {@code docs/report.schema.json} says. */
final class JsonReport {
  private final JsonWriter out;
  private final Report report;

  private JsonReport(Writer out, Report report) {
    this.out = new JsonWriter(out);
    this.report = report;
  }

  /** Writes all of it; does not close the writer. */
  static void write(Writer out, Report report) throws IOException {
    JsonReport json = new JsonReport(out, report);
    json.write();
    json.out.flush();
  }

  private void write() throws IOException {
    out.beginObject();
    StateJson.head(out, report.service, report.now);
    out.name("problems").beginArray();
    for (Problem problem : report.problems) {
      problem(problem);
    }
    out.endArray();
    WithoutPools without = report.withoutPools;
    if (without != null) {
      out.name("without_pools").beginObject();
      out.name("seconds").value(without.seconds());
      out.name("left_out").value(without.leftOut());
      compared(without.all());
      out.endObject();
    }
    out.name("pools").beginArray();
    for (PoolState pool : report.pools) {
      out.beginObject();
      StateJson.members(out, pool);
      if (without != null) {
        List<Compared> figures = without.of(pool.figures().identity());
        if (!figures.isEmpty()) {
          out.name("without_this_pool").beginObject();
          compared(figures);
          out.endObject();
        }
      }
      told(pool);
      Curve curve = report.histories.whole(pool.figures().identity());
      if (curve != null) {
        history(curve);
      }
      out.endObject();
    }
    out.endArray();
    out.name("coverage").beginArray();
    for (Coverage.Entry entry : report.coverage.entries()) {
      out.beginObject();
      out.name("what").value(entry.what());
      out.name("how").value(entry.how());
      out.name("gap").value(entry.isGap());
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }

  private void compared(List<Compared> figures) throws IOException {
    for (Compared each : figures) {
      switch (each.what()) {
        case ALLOCATION:
          compared("allocation_bytes_per_second", each, 1e6);
          break;
        case YOUNG_COLLECTIONS:
          compared("young_collections_per_minute", each, 1);
          break;
        case PROMOTION:
          compared("promotion_bytes_per_second", each, 1e6);
          break;
        case HIT_RATE:
          compared("hit_ratio", each, 0.01);
          break;
      }
    }
  }

  private void compared(String name, Compared figure, double unit) throws IOException {
    out.name(name).beginObject();
    out.name("with").value(figure.with() * unit);
    if (figure.isWithAtLeast()) {
      out.name("with_at_least").value(true);
    }
    if (!Double.isNaN(figure.without())) {
      out.name("without").value(figure.without() * unit);
      if (figure.isWithoutAtLeast()) {
        out.name("without_at_least").value(true);
      }
    }
    out.endObject();
  }

  private void problem(Problem problem) throws IOException {
    out.beginObject();
    out.name("weight").value(problem.weight().label());
    out.name("kind").value(problem.kind());
    out.name("pool").value(StateJson.cut(problem.pool().figures().identity().name()));
    out.name("system").value(problem.pool().figures().identity().system());
    out.name("title").value(problem.title());
    out.name("detail").value(problem.detail());
    out.name("way_out").value(problem.wayOut());
    if (problem.core() > 0) {
      out.name("cores").value(problem.core());
    }
    if (problem.bytes() > 0) {
      out.name("bytes").value(Math.round(problem.bytes()));
    }
    out.endObject();
  }

  private void told(PoolState pool) throws IOException {
    out.name("told").beginArray();
    for (Told.Topic topic : Told.Topic.values()) {
      List<Told> about = report.journal.about(pool.figures().identity(), topic);
      for (Told each : about) {
        out.beginObject();
        out.name("topic").value(topic.name().toLowerCase(java.util.Locale.ROOT));
        out.name("kind").value(each.kind());
        Instant at = each.at(report.now, report.nowNanos);
        out.name("time").value(at.truncatedTo(ChronoUnit.MILLIS).toString());
        out.name("text").value(each.text());
        out.endObject();
      }
    }
    out.endArray();
  }

  private void history(Curve curve) throws IOException {
    out.name("history").beginObject();
    out.name("step_seconds").value(curve.stepSeconds());
    Instant end = report.now.plusSeconds(curve.missingSeconds());
    out.name("end").value(end.truncatedTo(ChronoUnit.MILLIS).toString());
    out.name("watched_seconds").beginArray();
    for (int i = 0; i < curve.size(); i++) {
      number(curve.watchedSeconds(i));
    }
    out.endArray();
    series(curve, "borrows", Series.BORROWS);
    out.name("misses").beginObject();
    for (MissCause cause : MissCause.values()) {
      series(curve, cause.label(), Series.of(cause));
    }
    out.endObject();
    series(curve, "created", Series.CREATED);
    series(curve, "removed", Series.REMOVED);
    series(curve, "violations", Series.VIOLATIONS);
    series(curve, "idle", Series.IDLE);
    series(curve, "used", Series.USED);
    series(curve, "tenured_idle", Series.TENURED_IDLE);
    series(curve, "tenured_used", Series.TENURED_USED);
    series(curve, "keys_asked", Series.KEYS_ASKED);
    series(curve, "idle_elsewhere", Series.IDLE_ELSEWHERE);
    out.endObject();
  }

  /** One that never was anything but 0 is left out. */
  private void series(Curve curve, String name, Series series) throws IOException {
    if (!curve.has(series)) {
      return;
    }
    out.name(name).beginArray();
    for (int i = 0; i < curve.size(); i++) {
      double value = curve.value(series, i);
      if (Double.isNaN(value) || curve.isGap(i)) {
        out.nullValue();
      } else {
        number(value);
      }
    }
    out.endArray();
  }

  /** In whole numbers where it is one, for there are many. */
  private void number(double value) throws IOException {
    if (value == Math.rint(value)) {
      out.value((long) value);
    } else {
      out.value(Math.round(value * 1e3) / 1e3);
    }
  }
}
