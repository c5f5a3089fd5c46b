package io.poolwatch.examples.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The pools as a table of so many columns, a row a pool, troubles beneath. Stateless. */
final class LiveTable {
  private static final int LEAST_COLUMNS = 80;

  private final int columns;

  /** A table as wide as the terminal, at least 80 columns. */
  LiveTable(int columns) {
    this.columns = Math.max(columns, LEAST_COLUMNS);
  }

  /** The table's lines, none longer than the table is wide. */
  List<String> lines(Received received, List<Note> notes) {
    List<String> lines = new ArrayList<>();
    lines.add(heading(received));
    notes.forEach(note -> lines.add(" > " + note.text));
    received.services().forEach((service, figures) -> addCollections(lines, service, figures));
    List<PoolFigures> pools = received.pools();
    Columns table = new Columns(pools, columns);
    if (!pools.isEmpty()) {
      lines.addAll(table.headings());
    }
    String group = "";
    for (PoolFigures pool : pools) {
      String itsGroup = pool.service() + " · " + pool.system();
      if (!itsGroup.equals(group)) {
        lines.add(itsGroup);
        group = itsGroup;
      }
      lines.add(table.row(" " + simpleName(pool.name()), pool));
      Troubles.of(pool).forEach(trouble -> lines.add("   ! " + trouble));
    }
    lines.replaceAll(line -> Numbers.fit(line.stripTrailing(), columns));
    return lines;
  }

  private static String heading(Received received) {
    if (received.exports == 0) {
      return "Nothing received yet";
    }
    return String.format(
        Locale.ROOT,
        "%d exports, %d series, the last %.0f s ago; rates over 10 s",
        received.exports,
        received.series,
        received.lastExportAge);
  }

  private static void addCollections(List<String> lines, String service, Figures figures) {
    if (figures.has(CollectionRates.METRIC)) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %.0f young and %.0f full collections in 10 s",
              service,
              figures.recent(CollectionRates.METRIC, CollectionRates.KIND, "young"),
              figures.recent(CollectionRates.METRIC, CollectionRates.KIND, "full")));
    }
  }

  /** Without the packages, which are the same for most and fill the column. */
  private static String simpleName(String name) {
    return name.matches("[\\w$]+(\\.[\\w$]+)+") ? name.substring(name.lastIndexOf('.') + 1) : name;
  }
}
