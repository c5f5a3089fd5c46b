package io.poolwatch.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the screen, and what keys do to it; knows no terminal. Not thread-safe.
 *
 * <p>Figures are those of the latest interval; after a reset those since then.
 */
final class TopView {
  private static final int FOOT_LINES = 1;
  private static final String[] HELP = {
    "Figures are those of the last interval, or of all time since r was pressed.",
    "",
    "  up, down    choose a pool           enter   all that is known of it",
    "  q, Ctrl-C   leave                   esc     back",
    "  r           count from now on       t       the last interval again",
    "",
    "Sorted by, worst first; the same key again turns it round:",
    "  b  borrows a second                 h  hits in 100 borrows",
    "  c  cause of most misses             i  idle objects",
    "  u  objects in use                   l  most that may be in use",
    "  p  time that 99 of 100 borrows take  o  objects in the old generation",
    "  v  broken contracts                 s  state of the hit rate",
    "  w  what the pool is worth           n  name",
    "  y  pool library",
    "",
    "! the hit rate has collapsed   ? it is suspected to",
    "- not known, or nothing happened",
  };

  private final long pid;
  private @Nullable Snapshot now;
  private @Nullable Snapshot before;
  private @Nullable Snapshot reset;
  private Column sorted = Column.BORROWS;
  private boolean reversed;
  private int chosen;
  private int firstShown;
  private @Nullable String looked;
  private boolean helping;
  private int page = 1;
  private String notice = "";

  TopView(long pid) {
    this.pid = pid;
  }

  /** Takes a later state. */
  void state(Snapshot later) {
    before = now;
    now = later;
  }

  /** Says something in the line below the title; empty for nothing. */
  void notice(String text) {
    notice = text;
  }

  private @Nullable Period period() {
    Snapshot latest = now;
    if (latest == null) {
      return null;
    }
    Snapshot from = reset == null || reset == latest ? before : reset;
    return new Period(from, latest);
  }

  private List<PoolRow> rows() {
    Period period = period();
    return period == null ? List.of() : period.rows(sorted, reversed);
  }

  /**
   * Does what a key means.
   *
   * @param letter what was typed, if it is a letter
   * @return false to leave
   */
  boolean press(Key key, char letter) {
    if (key == Key.LETTER && (letter == 'q' || letter == 'Q')) {
      return false;
    }
    if (helping) {
      helping = false;
      return true;
    }
    switch (key) {
      case UP:
        chosen--;
        break;
      case DOWN:
        chosen++;
        break;
      case PAGE_UP:
        chosen -= page;
        break;
      case PAGE_DOWN:
        chosen += page;
        break;
      case ENTER:
        look();
        break;
      case ESCAPE:
        looked = null;
        break;
      case LETTER:
        letter(letter);
        break;
      default:
        break;
    }
    chosen = Math.max(0, Math.min(chosen, rows().size() - 1));
    return true;
  }

  private void look() {
    List<PoolRow> rows = rows();
    if (looked != null) {
      looked = null;
    } else if (chosen < rows.size()) {
      looked = rows.get(chosen).now().key();
    }
  }

  private void letter(char letter) {
    switch (letter) {
      case '?':
        helping = true;
        return;
      case 'r':
        reset = now;
        return;
      case 't':
        reset = null;
        return;
      case 'k':
        chosen--;
        return;
      case 'j':
        chosen++;
        return;
      default:
        break;
    }
    for (Column column : Column.values()) {
      if (column.key() == letter) {
        reversed = column == sorted && !reversed;
        sorted = column;
        return;
      }
    }
  }

  /** What stands on a screen of that size; no line is wider, and there are no more lines. */
  List<AttributedString> lines(int width, int height) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(title(width));
    if (helping) {
      for (String each : HELP) {
        lines.add(plain(each, width));
      }
    } else if (looked != null && period() != null) {
      detail(lines, width);
    } else {
      table(lines, width, height);
    }
    while (lines.size() > Math.max(1, height - FOOT_LINES)) {
      lines.remove(lines.size() - 1);
    }
    while (lines.size() < height - FOOT_LINES) {
      lines.add(AttributedString.EMPTY);
    }
    if (height > FOOT_LINES) {
      lines.add(foot(width));
    }
    return lines;
  }

  private void detail(List<AttributedString> lines, int width) {
    Period period = period();
    PoolRow row = period == null || looked == null ? null : period.row(looked);
    lines.add(plain(notice, width));
    if (row == null) {
      lines.add(plain("this pool is no longer there", width));
      return;
    }
    for (String each : PoolDetail.lines(row, width)) {
      lines.add(new AttributedString(each).columnSubSequence(0, width));
    }
  }

  private void table(List<AttributedString> lines, int width, int height) {
    List<PoolRow> rows = rows();
    PoolLines layout = new PoolLines(width);
    if (!notice.isEmpty()) {
      lines.add(plain(notice, width));
    }
    lines.add(layout.head(sorted));
    page = Math.max(1, height - lines.size() - FOOT_LINES);
    chosen = Math.max(0, Math.min(chosen, rows.size() - 1));
    firstShown = Math.max(Math.min(firstShown, chosen), chosen - page + 1);
    for (int i = firstShown; i < rows.size() && i < firstShown + page; i++) {
      lines.add(layout.line(rows.get(i), i == chosen));
    }
    if (rows.isEmpty() && now != null) {
      lines.add(plain("no pool was seen yet", width));
    }
  }

  private AttributedString title(int width) {
    StringBuilder text = new StringBuilder("poolwatch top ");
    text.append(pid);
    Snapshot latest = now;
    Period period = period();
    if (latest != null && period != null) {
      int pools = latest.pools().size();
      text.append("  ")
          .append(Plain.cell(latest.service(), 30))
          .append("  ")
          .append(pools)
          .append(pools == 1 ? " pool" : " pools")
          .append(reset == null ? ", last " : ", since the reset ")
          .append(String.format(Locale.ROOT, "%.0f s", period.seconds()));
    }
    AttributedStringBuilder line = new AttributedStringBuilder();
    String shown = Plain.cell(text.toString(), Math.max(1, width));
    line.styled(AttributedStyle.DEFAULT.bold(), shown);
    return line.toAttributedString();
  }

  private AttributedString foot(int width) {
    String text =
        looked == null
            ? " q quit  ? help  enter look into  r reset  sort: b h u p o v n"
            : " q quit  ? help  esc back  r reset";
    AttributedStringBuilder line = new AttributedStringBuilder();
    String shown = text.substring(0, Math.min(text.length(), width));
    line.styled(
        AttributedStyle.DEFAULT.faint(), shown + " ".repeat(Math.max(0, width - shown.length())));
    return line.toAttributedString();
  }

  private static AttributedString plain(String text, int width) {
    return new AttributedString(text).columnSubSequence(0, width);
  }
}
