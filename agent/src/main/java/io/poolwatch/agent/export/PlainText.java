package io.poolwatch.agent.export;

import org.jspecify.annotations.Nullable;

/**
 * Makes text that others chose fit for a log line: on one line, without control characters that
 * could forge lines or move a terminal's cursor, and no longer than its place.
 */
public final class PlainText {
  private PlainText() {}

  /**
   * Escapes and clips.
   *
   * @param text any text, or null for none
   * @param width characters it may take; longer text keeps its start and its end, for names differ
   *     at their ends
   */
  public static String clip(@Nullable String text, int width) {
    String safe = text == null ? "" : escape(text, 4 * width);
    if (safe.length() <= width) {
      return safe;
    }
    int tail = width / 2;
    int head = width - tail - 1;
    return safe.substring(0, head) + "…" + safe.substring(safe.length() - tail);
  }

  private static String escape(String text, int limit) {
    String part = text;
    if (text.length() > limit) {
      part = text.substring(0, limit / 2) + text.substring(text.length() - limit / 2);
    }
    StringBuilder safe = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (isPlain(c)) {
        safe.append(c);
      } else {
        safe.append(String.format("\\u%04x", (int) c));
      }
    }
    return safe.toString();
  }

  /** Not: control and format characters, line separators, lone or paired surrogates. */
  private static boolean isPlain(char c) {
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }
}
