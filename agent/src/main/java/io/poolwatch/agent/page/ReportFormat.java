package io.poolwatch.agent.page;

import java.nio.file.Path;
import java.util.Locale;

/** In what form a report is written. */
public enum ReportFormat {
  /** A page. */
  HTML,
  /** The figures. */
  JSON,
  /** A page, and the figures in a file beside it that ends in {@code .json}. */
  BOTH;

  /** Reads what stands in the configuration; anything else is a page. */
  public static ReportFormat of(String text) {
    for (ReportFormat format : values()) {
      if (format.name().equalsIgnoreCase(text)) {
        return format;
      }
    }
    return HTML;
  }

  boolean hasPage() {
    return this != JSON;
  }

  boolean hasFigures() {
    return this != HTML;
  }

  /** Where the figures go, if the report goes there. */
  Path figuresBeside(Path file) {
    if (this == JSON) {
      return file;
    }
    Path last = file.getFileName();
    String name = last == null ? "report" : last.toString();
    String lower = name.toLowerCase(Locale.ROOT);
    int cut = lower.endsWith(".html") ? 5 : lower.endsWith(".htm") ? 4 : 0;
    return file.resolveSibling(name.substring(0, name.length() - cut) + ".json");
  }
}
