package io.poolwatch.agent.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.book.Share;
import io.poolwatch.book.ViolationKind;
import java.io.StringReader;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final int MEGABYTE = 1_000_000;

  private final SomePools pools = new SomePools();

  @AfterEach
  void poolsLiveUntilHere() {
    Reference.reachabilityFence(pools.kept);
  }

  private String page() {
    return HtmlReport.of(pools.report());
  }

  /**
   * The page is written so that it is XML, too: then each element is closed and each text escaped.
   */
  private static void assertWellFormed(String page) throws Exception {
    assertThat(page).startsWith("<!DOCTYPE html>\n");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page.substring(page.indexOf('\n') + 1))));
  }

  private static int bytes(String page) {
    return page.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<String> all(String page, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** Pools that did something in each of so many ticks. */
  private void busy(int count, String suffix, int ticks) {
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(pools.share(pools.add("pool " + i + suffix)));
    }
    pools.states.now(); // gives them their names
    for (int tick = 1; tick <= ticks; tick++) {
      for (int i = 0; i < shares.size(); i++) {
        SomePools.use(shares.get(i), 5 + (i * 7 + tick * 13) % 11, (tick * tick + i) % 5);
      }
      pools.histories.look(pools.start + tick * 2_000_000_000L);
    }
  }

  @Test
  void verdictComesBeforeThePoolsAndTheseBeforeTheCoverage() throws Exception {
    Share share = pools.share(pools.add("orders"));
    SomePools.use(share, 600, 600);
    pools.coverage.seen("commons_pool2", "3 classes").gap("guard", "no <reason>");
    String page = page();
    assertWellFormed(page);
    int wrong = page.indexOf("50.0 % of the borrows found nothing");
    assertThat(wrong).isPositive();
    assertThat(page.indexOf("id=\"pools\"")).isGreaterThan(wrong);
    assertThat(page.indexOf("id=\"pool-1\"")).isGreaterThan(page.indexOf("id=\"pools\""));
    assertThat(page.indexOf("no &lt;reason&gt;")).isGreaterThan(page.indexOf("id=\"pool-1\""));
  }

  @Test
  void withoutAnyPoolItSaysSo() throws Exception {
    assertWellFormed(page());
    assertThat(page()).contains("No pool was seen.");
  }

  @Test
  void nothingRunsAndNothingIsFetched() {
    busy(3, "", 5);
    String page = page();
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain(
            "<script", "src=", "url(", "@import", "<link", "<img", "http://", "https://");
    assertThat(all(page, "href=\"([^\"]*)\"")).isNotEmpty().allMatch(link -> link.startsWith("#"));
  }

  @Test
  void eachLinkLeadsSomewhereAndNoPlaceIsThereTwice() {
    busy(HtmlReport.MOST_SECTIONS + 3, "", 1);
    String page = page();
    List<String> ids = all(page, " id=\"([^\"]*)\"");
    Set<String> places = new HashSet<>(ids);
    assertThat(places).hasSameSizeAs(ids);
    assertThat(places).containsAll(all(page, "href=\"#([^\"]*)\""));
  }

  @Test
  void eachChartHasItsTableAndWords() {
    busy(2, "", 30);
    String page = page();
    int charts = all(page, "(<svg )").size();
    assertThat(charts).isGreaterThanOrEqualTo(6);
    assertThat(all(page, "role=\"img\" aria-label=\"([^\"]+)\"")).hasSize(charts);
    assertThat(all(page, "(<summary>Figures</summary>)")).hasSize(charts);
  }

  @Test
  void whatIsNotKnownOfAPoolThatWasInUseBeforeIsNotShown() throws Exception {
    Share share = pools.share(pools.addLate("late"));
    pools.states.now();
    for (int tick = 1; tick <= 5; tick++) {
      SomePools.use(share, 50, 3);
      pools.histories.look(pools.start + tick * 2_000_000_000L);
    }
    String page = page();
    assertWellFormed(page);
    assertThat(page).contains("Borrows a second").doesNotContain("Objects of the pool");
    assertThat(page).contains("<td>265</td>", "<td>–</td><td>–</td>").doesNotContain("NaN");
    assertThat(all(page, "<dt>([^<]*)</dt>")).contains("made").doesNotContain("idle", "lent");
  }

  @Test
  void namesOfAnyKindStayText() throws Exception {
    String odd =
        "\"'><script>alert(1)</script>\n&amp;\u0000\u001b[31m\u202e\u05d0\u05d1\u2028]]>\ud800"
            + "\ud83d\ude00"
            + "x".repeat(10_000);
    Share share = pools.share(pools.add(odd));
    SomePools.use(share, 900, 900);
    pools.add(odd + "2").violated(ViolationKind.LEAK);
    pools.journal.accept(
        new AgentEvent(
            "poolwatch.violation",
            "leak in pool " + odd + ": <i>lost</i>\n  by " + odd,
            Map.of(
                "poolwatch.violation",
                "leak",
                "poolwatch.pool.name",
                odd + "2",
                "poolwatch.pool.system",
                "some_pools"),
            null,
            null));
    String page = page();
    assertWellFormed(page);
    assertThat(page).doesNotContain("<script", "<i>", "\u001b", "\u202e", "\u0000", "\ud800x");
    assertThat(page).contains("<bdi>&quot;&#39;&gt;&lt;script&gt;", "\ud83d\ude00");
    assertThat(bytes(page)).isLessThan(100_000);
  }

  @Test
  void serviceWithAndWithoutIsATableAndSoIsEachPool() throws Exception {
    busy(2, "", 5);
    pools.measured();
    String page = page();
    assertWellFormed(page);
    List<String> tables = all(page, "(<table class=\"compared\">.*?</table>)");
    assertThat(tables).hasSize(3);
    for (String table : tables) {
      assertThat(all(table, "<th scope=\"col\">([^<]*)</th>")).hasSize(3);
      assertThat(all(table, "<th scope=\"row\">([^<]*)</th>"))
          .containsExactly(
              "allocation, MB/s", "young collections a minute", "promotion, MB/s", "hit rate, %");
      assertThat(all(table, "(<caption>)")).hasSize(1);
      assertThat(table).contains("<td>300.0</td>", "<td>120.0</td>", "<td>at least 5.0</td>");
    }
    assertThat(tables.get(0)).contains("with pools");
    assertThat(tables.get(1)).contains("with this pool");
  }

  @Test
  void whatIsNotKnownOfAServiceWithoutItsPoolsIsSaidToBe() {
    busy(1, "", 5);
    pools.measured();
    assertThat(page())
        .contains(
            "<td><span aria-hidden=\"true\">–</span><span class=\"unseen\">not known</span></td>");
  }

  @Test
  void twoHundredPoolsAreLessThanAMegabyte() throws Exception {
    busy(200, " of com.example.some.service.with.a.name.ConnectionFactory", 90);
    pools.measured();
    String page = page();
    assertWellFormed(page);
    assertThat(bytes(page)).isLessThan(MEGABYTE);
    assertThat(all(page, "(<section )")).hasSize(200);
    assertThat(all(page, "(<h4>Borrows a second)")).hasSize(HtmlReport.MOST_IN_FULL);
  }

  @Test
  void tenThousandPoolsAreLessThanAMegabyteAndNoneIsLeftOutOfTheSum() throws Exception {
    busy(10_000, " \u4e2d\u6587 \" & " + "n".repeat(200), 1);
    String page = page();
    assertWellFormed(page);
    assertThat(bytes(page)).isLessThan(MEGABYTE);
    assertThat(page)
        .contains("… and 9 575 more, together", "9 800 more pools have no section of their own");
  }

  @Test
  void manyLongReportsLeaveItBelowAMegabyte() {
    for (int i = 0; i < 60; i++) {
      String name = "p" + i;
      pools.add(name).violated(ViolationKind.DOUBLE_RETURN);
      for (String[] kind :
          new String[][] {
            {"poolwatch.violation", "poolwatch.violation"},
            {"poolwatch.finding", "poolwatch.finding"},
            {"poolwatch.collapse", "poolwatch.collapse.change"}
          }) {
        for (int n = 0; n < 4; n++) {
          pools.journal.accept(
              new AgentEvent(
                  kind[0],
                  ("<&\u00e9" + n).repeat(3_000),
                  Map.of(
                      kind[1],
                      "x",
                      "poolwatch.pool.name",
                      name,
                      "poolwatch.pool.system",
                      "some_pools"),
                  null,
                  null));
        }
      }
    }
    assertThat(bytes(page())).isLessThan(MEGABYTE);
  }
}
