package io.poolwatch.agent.page;

import io.poolwatch.agent.history.Curve;
import io.poolwatch.agent.html.Html;
import io.poolwatch.agent.state.PoolState;
import io.poolwatch.agent.state.Quantiles;
import io.poolwatch.agent.worth.Compared;
import io.poolwatch.agent.worth.Figures;
import io.poolwatch.agent.worth.Verdict;
import io.poolwatch.agent.worth.WithoutPools;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.collapse.CollapseState;
import io.poolwatch.worth.Worth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what is known of one pool: in full, or in brief where there are many. */
final class PoolSection {
  private static final int NAME_WIDTH = 120;
  private static final int TYPE_WIDTH = 160;

  /** Reports of one kind that are shown of a pool. */
  private static final int MOST_REPORTS = 12;

  /** Seconds until which the durations of lately are all there are. */
  private static final double LATELY = 120;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Html out;
  private final Report report;
  private final PoolState state;
  private final PoolSnapshot pool;
  private final Tally tally;

  PoolSection(Html out, Report report, PoolState state) {
    this.out = out;
    this.report = report;
    this.state = state;
    pool = state.figures();
    tally = pool.tally();
  }

  /**
   * Writes all that is known.
   *
   * @param number what links to this pool end with
   */
  void inFull(int number) {
    begin(number);
    facts();
    oldGeneration();
    verdict();
    withoutThisPool();
    out.raw("<div class=\"charts\">");
    charts();
    tables();
    out.raw("</div>");
    told(Told.Topic.COLLAPSE, "Collapses");
    told(Told.Topic.VIOLATION, "Broken contracts");
    told(Told.Topic.FINDING, "Findings");
    out.raw("</section>");
  }

  /**
   * Writes figures without curves.
   *
   * @param number what links to this pool end with
   */
  void inBrief(int number) {
    begin(number);
    facts();
    out.raw("</section>");
  }

  private void begin(int number) {
    out.raw("<section class=\"card\" id=\"pool-" + number + "\"><h3>")
        .isolated(pool.identity().name(), NAME_WIDTH)
        .raw("</h3> <span class=\"badge\">")
        .text(pool.system().id())
        .raw("</span>");
    badges(out, state);
    String type = pool.identity().objectType();
    if (type != null) {
      out.raw("<p class=\"soft small\">objects of ").isolated(type, TYPE_WIDTH);
      if (pool.pools() != 1) {
        out.text("; " + Figures.count(pool.pools()) + " pools of this name now");
      }
      out.raw("</p>");
    }
  }

  /** What is to be seen of a pool at a glance. */
  static void badges(Html out, PoolState state) {
    long violations = state.figures().tally().violations();
    if (violations > 0) {
      badge(out, "bad", Figures.count(violations) + " broken contracts");
    }
    CollapseReading collapse = state.collapse();
    if (collapse != null && collapse.state() == CollapseState.COLLAPSED) {
      badge(out, "bad", "collapsed");
    }
    Verdict verdict = state.verdict();
    if (verdict != null && verdict.kind() != Verdict.Kind.UNDECIDED) {
      badge(out, verdict.kind() == Verdict.Kind.KEEP ? "good" : "warn", verdict.said());
    }
  }

  private static void badge(Html out, String kind, String text) {
    out.raw(" <span class=\"badge " + kind + "\">").text(text).raw("</span>");
  }

  private void facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("borrows", Figures.count(tally.borrows()));
    facts.put("a second", Words.rate(tally.borrows() / report.seconds));
    facts.put("hit rate", Words.percent(tally.hitsOrQuarantined(), tally.borrowsOfPool()));
    Double minute = pool.hitRatio();
    if (minute != null) {
      facts.put("hit rate, last minute", Words.percent(minute));
    }
    if (tally.knowsIdle()) {
      facts.put("idle", Figures.count(tally.idle()) + limit(pool.idleLimit()));
    }
    if (tally.knowsUsed()) {
      facts.put("lent", Figures.count(tally.used()) + limit(pool.totalLimit()));
    }
    if (pool.system().waits()) {
      facts.put("waiting", Figures.count(tally.pending()));
    }
    if (tally.hasKeys()) {
      facts.put("keys asked lately", Figures.count(tally.keysAsked()));
    }
    facts.put("made", Figures.count(tally.created()));
    facts.put("removed", Figures.count(tally.removed()));
    count(facts, "exhausted", tally.borrows(BorrowOutcome.EXHAUSTED));
    count(facts, "failed", tally.borrows(BorrowOutcome.ERROR));
    Worth worth = pool.worth();
    long most = report.histories.mostSeen(pool.identity());
    if (most > 0) {
      facts.put("most at once", Figures.count(most));
    }
    if (worth.idleBytes() >= 0) {
      facts.put("holds", "≈ " + Words.bytes(worth.idleBytes() + worth.usedBytes()));
    }
    if (worth.allocationAvoided() >= 0) {
      facts.put("allocation avoided", "≈ " + Figures.bytes(worth.allocationAvoided()));
    }
    if (!Double.isNaN(worth.nanosSaved())) {
      facts.put("time saved", "≈ " + Figures.time(worth.nanosSaved()));
    }
    if (!Double.isNaN(worth.nanosPaid())) {
      facts.put("time paid", "≈ " + Figures.time(worth.nanosPaid()));
    }
    out.raw("<dl class=\"facts\">");
    facts.forEach(
        (name, value) -> out.raw("<div>").element("dt", name).element("dd", value).raw("</div>"));
    out.raw("</dl>");
  }

  private static void count(Map<String, String> facts, String name, long count) {
    if (count > 0) {
      facts.put(name, Figures.count(count));
    }
  }

  private static String limit(long limit) {
    return limit == PoolBook.UNLIMITED ? "" : " of " + Figures.count(limit);
  }

  private void oldGeneration() {
    if (!pool.system().tellsBirths()) {
      return;
    }
    out.raw("<p>");
    if (!pool.knowsTenured()) {
      out.text("What of it lies in the old generation is not known on this JVM.");
    } else if (tally.promotions() == 0) {
      out.text("Nothing of it has come into the old generation.");
    } else {
      double size = report.histories.objectBytes(pool.identity());
      long live = tally.idle() + tally.used();
      long old = tally.tenuredIdle() + tally.tenuredUsed();
      if (!Double.isNaN(size) && live > 0) {
        out.text(
            "This pool holds "
                + Words.bytes(live * size)
                + ", "
                + Words.bytes(old * size)
                + " of it in the old generation, "
                + Words.bytes(tally.tenuredIdle() * size)
                + " idle there. ");
      }
      out.text(
          (tally.isTenuredEstimated() ? "Estimated: of " : "Of ")
              + Figures.count(tally.created())
              + " objects made "
              + Words.percent(Math.min(tally.promotions(), tally.created()), tally.created())
              + " were promoted; now "
              + within(tally.tenuredIdleLeast(), tally.tenuredIdle(), tally.tenuredIdleMost())
              + " idle and "
              + within(tally.tenuredUsedLeast(), tally.tenuredUsed(), tally.tenuredUsedMost())
              + " lent lie there, "
              + within(
                  tally.tenuredRemovedLeast(), tally.tenuredRemoved(), tally.tenuredRemovedMost())
              + " became garbage there.");
    }
    out.raw("</p>");
  }

  /** A count, and between what it lies if it is an estimate. */
  private static String within(long least, long count, long most) {
    String said = Figures.count(count);
    return least == most
        ? said
        : said + " (" + Figures.count(least) + " to " + Figures.count(most) + ")";
  }

  private void verdict() {
    Verdict verdict = state.verdict();
    if (verdict != null) {
      out.raw("<p>Verdict: <b>")
          .text(verdict.said())
          .raw("</b>, ")
          .text(verdict.reason())
          .raw(".</p>");
      String experiment = verdict.experiment();
      if (experiment != null) {
        out.raw("<p>Experiment: ").text(experiment).raw("</p>");
      }
      out.raw("<details><summary>Account</summary><p class=\"small\">")
          .text(verdict.account())
          .raw("</p></details>");
    }
  }

  private void withoutThisPool() {
    WithoutPools without = report.withoutPools;
    List<Compared> figures =
        without == null ? Collections.emptyList() : without.of(pool.identity());
    if (!figures.isEmpty()) {
      ComparedTable.write(
          out,
          "The whole service with this pool and without it, an estimate; the hit rate is the pool's",
          "with this pool",
          "without it",
          figures);
    }
  }

  private void charts() {
    Curve whole = report.histories.whole(pool.identity());
    if (whole == null) {
      out.raw("<p class=\"soft small\">Its past was not kept.</p>");
      return;
    }
    Curve latest = report.histories.latest(pool.identity());
    if (latest != null) {
      new PoolCharts(out, pool, latest, report.now)
          .misses("Misses by cause, % of borrows, last quarter of an hour");
    }
    new PoolCharts(out, pool, whole, report.now).writeAll();
  }

  private void tables() {
    Map<String, Long> misses = new LinkedHashMap<>();
    for (MissCause cause : MissCause.values()) {
      put(misses, cause.label(), tally.misses(cause));
    }
    bars("Why borrows found nothing", "cause", "misses", misses, "c1");
    Map<String, Long> removed = new LinkedHashMap<>();
    for (RemovalReason reason : RemovalReason.values()) {
      put(removed, reason.label(), tally.removed(reason));
    }
    bars("Why objects left", "reason", "objects", removed, "c3");
    durations();
  }

  private static void put(Map<String, Long> into, String label, long count) {
    if (count > 0) {
      into.put(label.replace('_', ' '), count);
    }
  }

  private void bars(
      String title, String what, String counted, Map<String, Long> counts, String colour) {
    if (counts.isEmpty()) {
      return;
    }
    long most = Collections.max(counts.values());
    long sum = counts.values().stream().mapToLong(Long::longValue).sum();
    out.raw("<figure><table>").element("caption", title);
    out.raw("<tr>")
        .element("th scope=\"col\"", what)
        .raw("<td></td>")
        .element("th scope=\"col\"", counted)
        .element("th scope=\"col\"", "share")
        .raw("</tr>");
    counts.forEach(
        (label, count) ->
            out.raw("<tr>")
                .element("td", label)
                .raw("<td class=\"l\" style=\"width:34%\"><span class=\"bar " + colour)
                .raw("\" style=\"width:" + Math.max(1, count * 100 / most) + "%\"></span></td>")
                .element("td", Figures.count(count))
                .element("td", Words.percent(count, sum))
                .raw("</tr>"));
    out.raw("</table></figure>");
  }

  private void durations() {
    if (state.borrows() == null && state.loans() == null) {
      return;
    }
    out.raw("<figure class=\"wide\"><table>")
        .element("caption", "How long it takes (sampled, to 13 %)");
    out.raw("<tr>");
    for (String head : new String[] {"", "samples", "half", "99 %", "longest"}) {
      if (head.isEmpty()) {
        out.raw("<td></td>");
      } else {
        out.element("th scope=\"col\"", head);
      }
    }
    out.raw("</tr>");
    durations("to borrow", state.borrows());
    if (report.seconds > LATELY) {
      durations("to borrow, lately", state.latestBorrows());
    }
    durations("a loan", state.loans());
    if (report.seconds > LATELY) {
      durations("a loan, lately", state.latestLoans());
    }
    out.raw("</table></figure>");
  }

  private void durations(String label, @Nullable Quantiles quantiles) {
    if (quantiles != null) {
      out.raw("<tr>")
          .element("td", label)
          .element("td", Figures.count(quantiles.samples()))
          .element("td", Figures.time(quantiles.median()))
          .element("td", Figures.time(quantiles.p99()))
          .element("td", Figures.time(quantiles.longest()))
          .raw("</tr>");
    }
  }

  private void told(Told.Topic topic, String title) {
    List<Told> all = report.journal.about(pool.identity(), topic);
    if (all.isEmpty()) {
      return;
    }
    out.raw("<h4 style=\"margin-top:16px\">").text(title).raw("</h4>");
    int shown = Math.min(MOST_REPORTS, all.size());
    for (int i = all.size() - 1; i >= all.size() - shown; i--) {
      Told each = all.get(i);
      int end = each.text().indexOf('\n');
      String first = end < 0 ? each.text() : each.text().substring(0, end).strip();
      out.raw(i == all.size() - 1 ? "<details open=\"open\">" : "<details>")
          .raw("<summary>")
          .text(TIME.format(each.at(report.now, report.nowNanos)) + " " + shorter(first))
          .raw("</summary><pre>")
          .lines(each.text())
          .raw("</pre></details>");
    }
    if (all.size() > shown) {
      out.element("p class=\"soft small\"", "… and " + (all.size() - shown) + " earlier ones");
    }
  }

  /** Without the pool and its objects, which stand above. */
  private static String shorter(String first) {
    int pool = first.indexOf(" in pool ");
    int sentence = first.lastIndexOf(": ");
    return pool < 0 || sentence < pool
        ? first
        : first.substring(0, pool) + first.substring(sentence);
  }
}
