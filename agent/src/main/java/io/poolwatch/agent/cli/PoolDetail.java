package io.poolwatch.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is known of one pool, in lines. */
final class PoolDetail {
  private final PoolRow row;
  private final PoolFigures now;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  private PoolDetail(PoolRow row, int width) {
    this.row = row;
    now = row.now();
    this.width = width;
  }

  static List<String> lines(PoolRow row, int width) {
    PoolDetail detail = new PoolDetail(row, width);
    detail.write();
    return detail.lines;
  }

  private void write() {
    String type = now.objectType();
    add(row.name(), now.system() + (type == null ? "" : ", of " + type));
    lines.add("");
    counts("borrows", "borrows");
    add("hit rate", Figures.percent(row.hitPercent()) + " %");
    counts("misses by cause", "misses");
    counts("returns", "returns");
    counts("removed by reason", "removed");
    counts("validations", "validations");
    counts("violations", "violations");
    lines.add("");
    add(
        "now",
        "idle " + Figures.count(row.idle()) + ", used " + Figures.count(row.used()) + limits());
    if (!Double.isNaN(now.number("keys.asked"))) {
      add(
          "keys",
          Figures.count(now.number("keys.asked"))
              + " asked for in the last window, "
              + Figures.count(now.number("keys.idle_elsewhere"))
              + " idle under others");
    }
    durations("borrows take", "borrow_duration");
    durations("loans last", "loan_duration");
    tenured();
    worth();
    said("collapse", collapse());
    said("verdict", verdict());
    said("why", now.text("verdict", "reason"));
    said("account", now.text("verdict", "account"));
  }

  private void add(String title, String text) {
    String head = Plain.cell(title, 20);
    String pad = " ".repeat(Math.max(1, 19 - Plain.columns(head)));
    wrap(head + pad, text);
  }

  /** On as many lines as it takes, which begin where the first one's text begins. */
  private void wrap(String head, String text) {
    String rest = io.poolwatch.agent.export.PlainText.clip(text, 2_000);
    int room = Math.max(20, width - 20);
    String start = head;
    do {
      int end = Math.min(room, rest.length());
      int blank = rest.lastIndexOf(' ', end);
      if (end < rest.length() && blank > 0) {
        end = blank;
      }
      lines.add(Plain.cell(start + rest.substring(0, end), Math.max(1, width)));
      rest = rest.substring(end).stripLeading();
      start = " ".repeat(19);
    } while (!rest.isEmpty());
  }

  private void said(String title, @Nullable String text) {
    if (text != null) {
      add(title, text);
    }
  }

  private void counts(String title, String member) {
    Map<String, Double> counts = row.counts(member);
    StringBuilder text = new StringBuilder();
    double sum = 0;
    for (Map.Entry<String, Double> each : counts.entrySet()) {
      sum += each.getValue();
      if (each.getValue() > 0) {
        text.append(text.length() == 0 ? "" : ", ")
            .append(each.getKey())
            .append(' ')
            .append(Figures.count(each.getValue()));
        if (!member.equals("violations")) {
          text.append(" (").append(Figures.rate(row.perSecond(each.getValue()))).append("/s)");
        }
      }
    }
    if (!counts.isEmpty()) {
      add(title, sum > 0 ? text.toString() : "none");
    }
  }

  private String limits() {
    String total = Figures.count(row.limit());
    String idle = Figures.count(now.number("idle_limit"));
    String waiting = Figures.count(now.number("waiting"));
    return (total.equals("-") ? "" : ", of " + total + " at most")
        + (idle.equals("-") ? "" : ", " + idle + " idle at most")
        + (waiting.equals("-") ? "" : ", waiting " + waiting);
  }

  private void durations(String title, String member) {
    PoolFigures latest = now.durations(member, "latest");
    if (!Double.isNaN(latest.number("samples"))) {
      add(
          title,
          "p50 "
              + Figures.seconds(latest.number("p50"))
              + ", p90 "
              + Figures.seconds(latest.number("p90"))
              + ", p99 "
              + Figures.seconds(latest.number("p99"))
              + ", longest "
              + Figures.seconds(latest.number("max"))
              + " ("
              + Figures.count(latest.number("samples"))
              + " sampled in the last minute or two)");
    }
  }

  private void tenured() {
    if (!Double.isNaN(row.tenured())) {
      add(
          "old generation",
          "idle "
              + within("idle")
              + ", used "
              + within("used")
              + ", thrown away since the start "
              + within("removed"));
    }
  }

  /** A count, and between what it lies if it is an estimate. */
  private String within(String figure) {
    String said = Figures.count(now.number("tenured." + figure));
    double least = now.number("tenured.bounds." + figure + ".least");
    double most = now.number("tenured.bounds." + figure + ".most");
    return Double.isNaN(least) || least == most
        ? said
        : said + " (" + Figures.count(least) + " to " + Figures.count(most) + ")";
  }

  private void worth() {
    String avoided = Figures.bytes(now.number("allocation_avoided_bytes"));
    String saved = Figures.seconds(now.number("time_saved_seconds"));
    String paid = Figures.seconds(now.number("time_paid_seconds"));
    if (!avoided.equals("-") || !saved.equals("-")) {
      add(
          "worth so far",
          "allocation avoided " + avoided + ", building spared " + saved + ", paid " + paid);
    }
    String idle = Figures.bytes(now.number("idle_bytes"));
    if (!idle.equals("-")) {
      add("memory", "idle " + idle + ", used " + Figures.bytes(now.number("used_bytes")));
    }
  }

  private @Nullable String collapse() {
    String state = row.collapse();
    double score = now.number("collapse.score");
    return state == null || Double.isNaN(score)
        ? state
        : state + ", score " + Figures.rate(score) + " (an alarm at 1)";
  }

  private @Nullable String verdict() {
    return row.verdict();
  }
}
