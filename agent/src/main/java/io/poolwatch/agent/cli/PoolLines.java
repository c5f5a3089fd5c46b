package io.poolwatch.agent.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Lays pools out in lines that are never wider than asked for. In front of each stands {@code !} if
 * its hit rate has collapsed, and {@code ?} if that is suspected. Columns for which there is no
 * room are left out, the least needed first.
 */
final class PoolLines {
  /** Room that the name keeps before the last three columns are shown. */
  private static final int ROOMY_NAME = 26;

  private static final int LONGEST_NAME = 60;
  private static final int MARK = 1;
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle BAD = PLAIN.foreground(AttributedStyle.RED).bold();
  private static final AttributedStyle DOUBTFUL = PLAIN.foreground(AttributedStyle.YELLOW);

  private final int width;
  private final Set<Column> shown = EnumSet.of(Column.NAME);
  private final int nameWidth;

  PoolLines(int width) {
    this.width = width;
    int left = width - MARK;
    for (Column column : Column.BY_NEED) {
      if (column == Column.NAME) {
        continue;
      }
      boolean extra = column.compareTo(Column.STATE) >= 0;
      if (left - column.width() < (extra ? ROOMY_NAME : Column.NAME.width())) {
        break;
      }
      left -= column.width();
      shown.add(column);
    }
    nameWidth = Math.max(1, Math.min(left, LONGEST_NAME));
  }

  /** What there is room for. */
  Set<Column> shown() {
    return shown;
  }

  /** The titles, with that of the column by which rows are sorted underlined. */
  AttributedString head(Column sorted) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.append(" ");
    for (Column column : shown) {
      AttributedStyle style = PLAIN.bold();
      cell(line, column, column.title(), column == sorted ? style.underline() : style);
    }
    return cut(line);
  }

  /** One pool. */
  AttributedString line(PoolRow row, boolean selected) {
    String collapse = row.collapse();
    boolean collapsed = "collapsed".equals(collapse);
    boolean suspect = "suspect".equals(collapse);
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.styled(collapsed ? BAD : DOUBTFUL, collapsed ? "!" : suspect ? "?" : " ");
    for (Column column : shown) {
      cell(line, column, column.text(row), style(column, row, collapsed, suspect));
    }
    AttributedString whole = cut(line);
    return selected ? inverse(whole) : whole;
  }

  private static AttributedStyle style(
      Column column, PoolRow row, boolean collapsed, boolean suspect) {
    if (column == Column.VIOLATIONS && row.violations() > 0) {
      return BAD;
    }
    if (column == Column.HITS || column == Column.STATE || column == Column.CAUSE) {
      return collapsed ? BAD : suspect ? DOUBTFUL : PLAIN;
    }
    return PLAIN;
  }

  private void cell(
      AttributedStringBuilder line, Column column, String text, AttributedStyle style) {
    int room = column == Column.NAME ? nameWidth : column.width() - 1;
    String fit = Plain.cell(text, room);
    String blanks = " ".repeat(Math.max(0, room - Plain.columns(fit)));
    line.append(column == Column.NAME ? "" : " ");
    if (column.isText()) {
      line.styled(style, fit).append(blanks);
    } else {
      line.append(blanks).styled(style, fit);
    }
  }

  private AttributedString cut(AttributedStringBuilder line) {
    return line.toAttributedString().columnSubSequence(0, width);
  }

  private AttributedString inverse(AttributedString line) {
    AttributedStringBuilder all = new AttributedStringBuilder();
    all.styled(PLAIN.inverse(), line.toString());
    int missing = width - line.columnLength();
    all.styled(PLAIN.inverse(), " ".repeat(Math.max(0, missing)));
    return all.toAttributedString();
  }

  /** A whole table without a terminal: titles and rows, blanks at the ends taken off. */
  static List<String> plain(List<PoolRow> rows, Column sorted, int width) {
    PoolLines lines = new PoolLines(width);
    List<String> all = new ArrayList<>();
    all.add(lines.head(sorted).toString().stripTrailing());
    for (PoolRow row : rows) {
      all.add(lines.line(row, false).toString().stripTrailing());
    }
    return all;
  }
}
