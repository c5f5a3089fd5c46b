package io.poolwatch.agent.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void textCannotBecomeMarkup() {
    assertThat(new Html().text("<b a=\"1\" c='2'>&amp;</b>").toString())
        .isEqualTo("&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
    assertThat(Html.attribute("\" onload=\"x")).isEqualTo("&quot; onload=&quot;x");
  }

  @Test
  void noControlOrFormatCharacterGetsIn() {
    assertThat(new Html().text("a\u0000b\u001b[2J\n\u202ec\u2028d\ufeff\u0085").toString())
        .isEqualTo("a\\u0000b\\u001b[2J\\u000a\\u202ec\\u2028d\\ufeff\\u0085");
    assertThat(new Html().text("\ud83d \ud83d\ude00").toString()).isEqualTo("\\ud83d \ud83d\ude00");
  }

  @Test
  void linesAreKeptWhereTheyAreAskedFor() {
    assertThat(new Html().lines("a\r\n  <b>\u0007").toString()).isEqualTo("a\n  &lt;b&gt;\\u0007");
  }

  @Test
  void longTextKeepsStartAndEndAndIsIsolated() {
    String written = new Html().isolated("start" + "x".repeat(10_000) + "end", 60).toString();
    assertThat(written).startsWith("<bdi>start").endsWith("end</bdi>").hasSizeLessThan(80);
    assertThat(new Html().isolated("\u05e9\u05dc\u05d5\u05dd", 60).toString())
        .isEqualTo("<bdi>\u05e9\u05dc\u05d5\u05dd</bdi>");
  }

  @Test
  void elementIsClosedWithoutItsAttributes() {
    assertThat(new Html().element("td class=\"l\"", "1 < 2").toString())
        .isEqualTo("<td class=\"l\">1 &lt; 2</td>");
  }
}
