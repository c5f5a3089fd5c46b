package io.poolwatch.agent.page;

import io.poolwatch.agent.html.Html;
import io.poolwatch.agent.state.PoolState;
import io.poolwatch.agent.worth.Figures;
import io.poolwatch.agent.worth.WithoutPools;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.Tally;
import io.poolwatch.otel.PoolwatchVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Lays a report out as one page: what is wrong first, then the pools, then what was watched.
 * Nothing in it runs, and nothing is fetched. However many pools there are, it stays below a
 * megabyte.
 */
final class HtmlReport {
  /** Pools with curves and reports. */
  static final int MOST_IN_FULL = 24;

  /** Pools with figures of their own section; further ones are in the table alone. */
  static final int MOST_SECTIONS = 200;

  /** Pools in the table; further ones are in its last line, together. */
  static final int MOST_ROWS = 400;

  /** Rows that are seen without asking for the others. */
  private static final int ROWS_OPEN = 25;

  private static final int MOST_PROBLEMS = 60;

  /** Characters after which pools are written in brief, and after which no more are. */
  private static final int FULL_ROOM = 560_000;

  private static final int ROOM = 760_000;

  private static final int NAME_WIDTH = 80;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss z", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private final Html out = new Html();
  private final Report report;

  private HtmlReport(Report report) {
    this.report = report;
  }

  /** The page. */
  static String of(Report report) {
    HtmlReport page = new HtmlReport(report);
    page.write();
    return page.out.toString();
  }

  private void write() {
    out.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
        // Whatever a name may hold: nothing can run or be fetched from within this page.
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .raw(" style-src 'unsafe-inline'\"/><meta name=\"robots\" content=\"noindex\"/>")
        .raw("<title>Pools of ")
        .text(Html.clip(report.service.name(), NAME_WIDTH))
        .raw("</title><style>")
        .raw(styles())
        .raw("</style></head><body>");
    header();
    out.raw("<main>");
    problems();
    withoutPools();
    table();
    sections();
    coverage();
    out.raw("</main><footer>Written by poolwatch ")
        .text(PoolwatchVersion.get())
        .raw(". One file, no script, nothing fetched. Times of charts are local ones.</footer>")
        .raw("</body></html>\n");
  }

  private static String styles() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks report.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header() {
    out.raw("<header><h1>Pools of ")
        .isolated(report.service.name(), NAME_WIDTH)
        .raw("</h1><p class=\"soft\">")
        .text(
            TIME.format(report.now)
                + " · process "
                + report.service.pid()
                + " · watched for "
                + Words.span(report.seconds)
                + " · "
                + report.service.jvm())
        .raw("</p><dl class=\"tiles\">");
    long borrows = 0;
    long ofPools = 0;
    long hits = 0;
    long violations = 0;
    long bytes = 0;
    for (PoolState each : report.pools) {
      Tally tally = each.figures().tally();
      borrows += tally.borrows();
      ofPools += tally.borrowsOfPool();
      hits += tally.hitsOrQuarantined();
      violations += tally.violations();
      bytes +=
          Math.max(0, each.figures().worth().idleBytes())
              + Math.max(0, each.figures().worth().usedBytes());
    }
    tile("pools", Figures.count(report.pools.size()));
    tile("borrows a second", Words.rate(borrows / report.seconds));
    tile("hit rate", Words.percent(hits, ofPools));
    tile("broken contracts", Figures.count(violations));
    tile("objects hold, about", bytes == 0 ? "–" : Figures.bytes(bytes));
    tile("problems", Figures.count(report.problems.size()));
    out.raw("</dl></header>");
  }

  private void tile(String name, String value) {
    out.raw("<div>").element("dt", name).element("dd", value).raw("</div>");
  }

  private void problems() {
    out.raw("<h2 id=\"problems\">What is wrong</h2>");
    if (report.problems.isEmpty()) {
      out.raw("<p class=\"fine\">")
          .text(
              report.pools.isEmpty()
                  ? "No pool was seen."
                  : "Nothing that poolwatch knows of; what it could not watch is listed at the"
                      + " end.")
          .raw("</p>");
      return;
    }
    out.raw("<ol class=\"problems\">");
    int shown = Math.min(MOST_PROBLEMS, report.problems.size());
    for (Problem problem : report.problems.subList(0, shown)) {
      problem(problem);
    }
    out.raw("</ol>");
    if (report.problems.size() > shown) {
      out.element(
          "p class=\"soft\"", "… and " + (report.problems.size() - shown) + " that cost less");
    }
    out.raw(
            "<p class=\"soft small\">Broken contracts first, for no price makes wrong results right;")
        .raw(" then collapses; then by the time lost and the memory held, as estimated.</p>");
  }

  private void problem(Problem problem) {
    out.raw("<li class=\"" + problem.weight().label() + "\">");
    name(problem.pool());
    out.raw(": <b class=\"t\">").text(problem.title()).raw("</b>");
    String cost = costOf(problem);
    if (!cost.isEmpty()) {
      out.raw(" <span class=\"badge warn\">").text(cost).raw("</span>");
    }
    if (!problem.detail().isEmpty()) {
      out.raw("<p>").text(Html.clip(problem.detail(), 700)).raw("</p>");
    }
    if (!problem.wayOut().isEmpty()) {
      out.raw("<p class=\"say\">→ ").text(problem.wayOut()).raw("</p>");
    }
    out.raw("</li>");
  }

  static String costOf(Problem problem) {
    if (problem.core() >= 1e-5) {
      return Words.lost(problem.core());
    }
    return problem.bytes() >= 1e4 ? "about " + Figures.bytes(problem.bytes()) : "";
  }

  /** The pool's name, as a link where there is a section of it. */
  private void name(PoolState pool) {
    int index = report.pools.indexOf(pool);
    boolean linked = index < MOST_SECTIONS;
    if (linked) {
      out.raw("<a href=\"#pool-" + (index + 1) + "\">");
    }
    out.isolated(pool.figures().identity().name(), NAME_WIDTH);
    if (linked) {
      out.raw("</a>");
    }
  }

  private void withoutPools() {
    WithoutPools without = report.withoutPools;
    if (without == null) {
      return;
    }
    out.raw("<h2 id=\"without\">This service with and without its pools</h2><div class=\"card\">");
    ComparedTable.write(
        out,
        "The last " + Words.span(without.seconds()) + "; without: an estimate",
        "with pools",
        "without",
        without.all());
    if (without.leftOut() > 0) {
      out.element(
          "p class=\"soft small\"",
          Figures.count(without.leftOut())
              + " pools of which no building was measured are left out of what would be without.");
    }
    out.raw("</div>");
  }

  private void table() {
    if (report.pools.isEmpty()) {
      return;
    }
    out.raw("<h2 id=\"pools\">Pools</h2><div class=\"card\">");
    int size = report.pools.size();
    int open = size <= ROWS_OPEN + 5 ? size : ROWS_OPEN;
    rows(report.pools.subList(0, open), false);
    if (open < size) {
      out.raw("<details><summary>").text(Figures.count(size - open) + " more").raw("</summary>");
      rows(report.pools.subList(open, size), true);
      out.raw("</details>");
    }
    out.raw("</div>");
  }

  private void rows(List<PoolState> pools, boolean hidden) {
    out.raw("<div class=\"wide\"><table class=\"pools\">");
    out.element("caption", hidden ? "The others" : "Those with problems first, then by borrows");
    out.raw("<tr>");
    for (String head :
        new String[] {
          "pool", "borrows", "hit rate", "idle", "lent", "most", "made", "removed", "holds"
        }) {
      out.element("th scope=\"col\"", head);
    }
    out.raw("</tr>");
    int shown = Math.min(MOST_ROWS, pools.size());
    for (PoolState each : pools.subList(0, shown)) {
      row(each);
    }
    rest(pools.subList(shown, pools.size()));
    out.raw("</table></div>");
  }

  private void row(PoolState state) {
    PoolSnapshot pool = state.figures();
    out.raw("<tr><td>");
    name(state);
    PoolSection.badges(out, state);
    out.raw("</td>");
    cells(
        pool.tally(),
        report.histories.mostSeen(pool.identity()),
        pool.worth().idleBytes() < 0
            ? "–"
            : Words.bytes(pool.worth().idleBytes() + pool.worth().usedBytes()));
  }

  private void rest(List<PoolState> pools) {
    if (pools.isEmpty()) {
      return;
    }
    Tally sum = new Tally();
    for (PoolState each : pools) {
      sum.add(each.figures().tally());
    }
    out.raw("<tr>").element("td", "… and " + Figures.count(pools.size()) + " more, together");
    cells(sum, 0, "–");
  }

  private void cells(Tally tally, long most, String holds) {
    out.element("td", Figures.count(tally.borrows()))
        .element("td", Words.percent(tally.hitsOrQuarantined(), tally.borrowsOfPool()))
        .element("td", tally.knowsIdle() ? Figures.count(tally.idle()) : "–")
        .element("td", tally.knowsUsed() ? Figures.count(tally.used()) : "–")
        .element("td", most == 0 ? "–" : Figures.count(most))
        .element("td", Figures.count(tally.created()))
        .element("td", Figures.count(tally.removed()))
        .element("td", holds)
        .raw("</tr>");
  }

  private void sections() {
    if (report.pools.isEmpty()) {
      return;
    }
    out.raw("<h2>Pool by pool</h2>");
    int number = 0;
    int written = 0;
    int brief = 0;
    for (PoolState each : report.pools) {
      number++;
      if (number > MOST_SECTIONS || out.length() > ROOM) {
        break;
      }
      PoolSection section = new PoolSection(out, report, each);
      if (number <= MOST_IN_FULL && out.length() < FULL_ROOM) {
        section.inFull(number);
      } else {
        if (brief++ == 0) {
          out.raw("<p class=\"soft\">The pools from here on are shown without curves.</p>");
        }
        section.inBrief(number);
      }
      written++;
    }
    int left = report.pools.size() - written;
    if (left > 0) {
      out.element(
          "p class=\"soft\"", Figures.count(left) + " more pools have no section of their own.");
    }
  }

  private void coverage() {
    out.raw("<h2 id=\"coverage\">What was watched, and what could not be</h2><div class=\"card\">")
        .raw("<table class=\"cover\"><tr>")
        .element("th scope=\"col\"", "what")
        .raw("<th scope=\"col\" class=\"l\">how, or why not</th></tr>");
    for (Coverage.Entry each : report.coverage.entries()) {
      out.raw("<tr><td>").text(each.what());
      if (each.isGap()) {
        out.raw(" <span class=\"badge warn\">not wholly</span>");
      }
      out.raw("</td><td class=\"l\">").text(Html.clip(each.how(), 2_000)).raw("</td></tr>");
    }
    out.raw("</table></div>");
  }
}
