package io.poolwatch.agent.page;

import io.poolwatch.agent.history.Curve;
import io.poolwatch.agent.history.Series;
import io.poolwatch.agent.html.Chart;
import io.poolwatch.agent.html.Html;
import io.poolwatch.agent.html.Trace;
import io.poolwatch.agent.worth.Figures;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolSnapshot;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Draws what is remembered of one pool, each chart with its table. */
final class PoolCharts {
  /** Lines of a table behind a chart. */
  private static final int ROWS = 20;

  private final Html out;
  private final PoolSnapshot pool;
  private final Curve curve;
  private final Instant now;
  private final DateTimeFormatter clock;

  /**
   * Charts.
   *
   * @param curve what is remembered, which ends now
   */
  PoolCharts(Html out, PoolSnapshot pool, Curve curve, Instant now) {
    this.out = out;
    this.pool = pool;
    this.curve = curve;
    this.now = now;
    String pattern =
        curve.stepSeconds() >= 600
            ? "d MMM HH:mm"
            : curve.stepSeconds() >= 60 ? "HH:mm" : "HH:mm:ss";
    clock = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneId.systemDefault());
  }

  /** All of them. */
  void writeAll() {
    misses("Misses by cause, % of borrows");
    borrows();
    keys();
    objects();
    tenured();
    life();
    loans();
  }

  /** What share of the borrows missed, and why. */
  void misses(String title) {
    if (!curve.has(Series.BORROWS)) {
      return;
    }
    List<Source> sources = new ArrayList<>();
    for (MissCause cause : MissCause.values()) {
      Series series = Series.of(cause);
      if (curve.has(series)) {
        sources.add(
            new Source(
                cause.label().replace('_', ' '),
                "c" + colour(cause),
                (c, i) ->
                    c.value(Series.BORROWS, i) == 0
                        ? Double.NaN
                        : 100 * c.value(series, i) / c.value(Series.BORROWS, i)));
      }
    }
    if (sources.isEmpty()) {
      out.raw("<figure>").element("h4", title);
      out.raw("<p class=\"soft small\">Each borrow was served from the pool in this time.</p>");
      out.raw("</figure>");
      return;
    }
    chart(title, "misses", true, sources, PoolCharts::axisPercent, Double.NaN, false);
  }

  private static int colour(MissCause cause) {
    switch (cause) {
      case FRAGMENTED:
        return 1;
      case CAPACITY:
        return 4;
      case COLD:
        return 5;
      case INVALID:
        return 8;
      case EVICTED:
        return 3;
      case ABANDONED:
        return 6;
      case CLEARED:
        return 2;
      case OWNER_GONE:
        return 9;
      case NOT_ADMITTED:
        return 10;
      case DISABLED:
        return 0;
      case QUARANTINE:
        return 11;
      case EXPERIMENT:
        return 12;
      case OTHER:
        return 7;
    }
    throw new AssertionError(cause);
  }

  private void borrows() {
    chart(
        "Borrows a second",
        "borrows",
        false,
        List.of(new Source("borrows", "c0", (c, i) -> c.rate(Series.BORROWS, i))),
        Words::tick,
        Double.NaN,
        false);
  }

  private void objects() {
    List<Source> known = new ArrayList<>();
    if (pool.tally().knowsUsed()) {
      known.add(level("lent", "c1", Series.USED));
    }
    if (pool.tally().knowsIdle()) {
      known.add(level("idle", "c5", Series.IDLE));
    }
    if (known.isEmpty()) {
      return;
    }
    chart(
        "Objects of the pool, the most seen",
        "objects",
        true,
        known,
        Words::tick,
        pool.totalLimit() == PoolBook.UNLIMITED ? Double.NaN : pool.totalLimit(),
        false);
  }

  private void keys() {
    if (curve.has(Series.KEYS_ASKED)) {
      chart(
          "Different keys asked for, and idle objects under others",
          "keys",
          false,
          List.of(
              level("keys asked for", "c1", Series.KEYS_ASKED),
              level("idle under others", "c5", Series.IDLE_ELSEWHERE)),
          Words::tick,
          Double.NaN,
          false);
    }
  }

  private void tenured() {
    if (pool.knowsTenured() && (curve.has(Series.TENURED_IDLE) || curve.has(Series.TENURED_USED))) {
      chart(
          "Of these in the old generation",
          "objects",
          true,
          List.of(
              level("lent", "c1", Series.TENURED_USED), level("idle", "c5", Series.TENURED_IDLE)),
          Words::tick,
          Double.NaN,
          false);
    }
  }

  private void life() {
    if (curve.has(Series.CREATED) || curve.has(Series.REMOVED)) {
      chart(
          "Objects made and removed, a second",
          "objects",
          false,
          List.of(
              new Source("made", "c2", (c, i) -> c.rate(Series.CREATED, i)),
              new Source("removed", "c3", (c, i) -> c.rate(Series.REMOVED, i))),
          Words::tick,
          Double.NaN,
          false);
    }
  }

  private void loans() {
    if (curve.has(Series.LOAN_P99)) {
      chart(
          "How long loans last (sampled)",
          "time",
          false,
          List.of(
              level("99 of 100", "c6", Series.LOAN_P99),
              level("half of them", "c4", Series.LOAN_MEDIAN)),
          PoolCharts::axisTime,
          Double.NaN,
          true);
    }
  }

  private static Source level(String label, String colour, Series series) {
    return new Source(label, colour, (c, i) -> c.isGap(i) ? Double.NaN : c.value(series, i));
  }

  private static String axisPercent(double value) {
    return Words.tick(value) + " %";
  }

  private static String axisTime(double nanos) {
    return Figures.time(nanos).replace(".0 ", " ");
  }

  private void chart(
      String title,
      String what,
      boolean stacked,
      List<Source> sources,
      DoubleFunction<String> unit,
      double limit,
      boolean logarithmic) {
    Chart chart =
        new Chart(
            title
                + ", from "
                + timeOf(curve, 0)
                + " to "
                + clock.format(now)
                + "; the table below has the figures",
            stacked,
            unit,
            i -> timeOf(curve, i));
    for (Source source : sources) {
      chart.add(new Trace(source.label, source.colour, source.of(curve)));
    }
    chart.limit(limit);
    if (logarithmic) {
      chart.logarithmic();
    }
    out.raw("<figure>").element("h4", title);
    chart.write(out);
    table(title, what, sources, unit);
    out.raw("</figure>");
  }

  private void table(String title, String what, List<Source> sources, DoubleFunction<String> unit) {
    Curve rows = curve.coarser((curve.size() + ROWS - 1) / ROWS);
    out.raw("<details><summary>Figures</summary><div class=\"wide\"><table>");
    out.element("caption", title + ", by " + Words.span(rows.stepSeconds()));
    out.raw("<tr>").element("th scope=\"col\"", "from");
    for (Source source : sources) {
      out.element("th scope=\"col\"", sources.size() == 1 ? what : source.label);
    }
    out.raw("</tr>");
    for (int i = 0; i < rows.size(); i++) {
      out.raw("<tr>").element("td", timeOf(rows, i));
      for (Source source : sources) {
        double value = source.figure.of(rows, i);
        out.element("td", Double.isNaN(value) ? "–" : unit.apply(value));
      }
      out.raw("</tr>");
    }
    out.raw("</table></div></details>");
  }

  /** When a slot begins. */
  private String timeOf(Curve of, int slot) {
    long ago = (long) (of.size() - slot) * of.stepSeconds() - of.missingSeconds();
    return clock.format(now.minusSeconds(Math.max(0, ago)));
  }

  /** A figure of a slot; NaN where it is not known. */
  private interface Figure {
    double of(Curve curve, int slot);
  }

  /** From where a trace is drawn. */
  private static final class Source {
    final String label;
    final String colour;
    final Figure figure;

    Source(String label, String colour, Figure figure) {
      this.label = label;
      this.colour = colour;
      this.figure = figure;
    }

    double[] of(Curve curve) {
      double[] values = new double[curve.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = figure.of(curve, i);
      }
      return values;
    }
  }
}
