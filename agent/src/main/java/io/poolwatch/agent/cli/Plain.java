package io.poolwatch.agent.cli;

import io.poolwatch.agent.export.PlainText;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/** Text that others chose, made fit for a terminal. */
final class Plain {
  private static final int LONGEST_LINE = 300;

  private Plain() {}

  /** Within a message. */
  static String line(@Nullable String text) {
    return PlainText.clip(text, LONGEST_LINE);
  }

  /** So that it takes no more columns than given; wide letters take two. */
  static String cell(@Nullable String text, int columns) {
    int width = columns;
    String fit = PlainText.clip(text, width);
    while (width > 1 && columns(fit) > columns) {
      width--;
      fit = PlainText.clip(text, width);
    }
    return columns(fit) > columns ? "" : fit;
  }

  /** How many columns of a terminal a text takes. */
  static int columns(String text) {
    return new AttributedString(text).columnLength();
  }
}
