package io.poolwatch.agent.page;

import io.poolwatch.agent.html.Html;
import io.poolwatch.agent.worth.Compared;
import java.util.List;

/** Writes figures with and without pools as a table. No state. */
final class ComparedTable {
  private ComparedTable() {}

  /**
   * Writes it.
   *
   * @param caption what the table is about
   * @param with head of the column of what is
   * @param without head of the column of what would be
   */
  static void write(Html out, String caption, String with, String without, List<Compared> figures) {
    out.raw("<div class=\"wide\"><table class=\"compared\">").element("caption", caption);
    out.raw("<thead><tr>")
        .element("th scope=\"col\"", "figure")
        .element("th scope=\"col\"", with)
        .element("th scope=\"col\"", without)
        .raw("</tr></thead><tbody>");
    for (Compared each : figures) {
      out.raw("<tr>").element("th scope=\"row\"", each.what().label());
      cell(out, each.withWords());
      cell(out, each.withoutWords());
      out.raw("</tr>");
    }
    out.raw("</tbody></table></div>");
  }

  private static void cell(Html out, String words) {
    if (words.equals("-")) {
      // A dash is not read out.
      out.raw("<td><span aria-hidden=\"true\">–</span><span class=\"unseen\">")
          .text("not known")
          .raw("</span></td>");
    } else {
      out.element("td", words);
    }
  }
}
