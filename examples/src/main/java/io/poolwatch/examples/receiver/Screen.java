package io.poolwatch.examples.receiver;

import java.io.PrintStream;
import java.util.List;

/**
 * Draws lines over those drawn before, on a terminal; one beneath the other elsewhere. Not
 * thread-safe.
 */
final class Screen {
  private static final String UP_AND_CLEAR = "\033[%dF\033[J";

  private final PrintStream out;
  private final boolean live;
  private final int rows;
  private int drawn;

  /** {@code rows} is the terminal's height; lines beyond it are left out and said to be. */
  Screen(PrintStream out, boolean live, int rows) {
    this.out = out;
    this.live = live;
    this.rows = rows;
  }

  boolean isLive() {
    return live;
  }

  void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (live && drawn > 0) {
      text.append(String.format(UP_AND_CLEAR, drawn));
    }
    int room = live ? Math.max(rows - 2, 3) : lines.size();
    int shown = Math.min(lines.size(), room);
    lines.subList(0, shown).forEach(line -> text.append(line).append('\n'));
    drawn = shown;
    if (shown < lines.size()) {
      text.append("   … ").append(lines.size() - shown).append(" lines more\n");
      drawn++;
    }
    if (!live) {
      text.append('\n');
    }
    out.print(text);
    out.flush();
  }
}
