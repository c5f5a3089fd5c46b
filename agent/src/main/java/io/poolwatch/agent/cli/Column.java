package io.poolwatch.agent.cli;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The columns of the table, in the order in which they stand. */
enum Column {
  NAME("POOL", 16, 'n', PoolRow::name, null),
  BORROWS("BORR/S", 8, 'b', row -> Figures.rate(row.borrowsPerSecond()), PoolRow::borrowsPerSecond),
  HITS("HIT %", 6, 'h', row -> Figures.percent(row.hitPercent()), row -> -row.hitPercent()),
  CAUSE("MISSES BY", 13, 'c', PoolRow::mainCause, null),
  IDLE("IDLE", 6, 'i', row -> Figures.count(row.idle()), PoolRow::idle),
  USED("USED", 6, 'u', row -> Figures.count(row.used()), PoolRow::used),
  LIMIT("LIMIT", 6, 'l', row -> Figures.count(row.limit()), PoolRow::limit),
  P99("P99", 7, 'p', row -> Figures.seconds(row.borrowP99()), PoolRow::borrowP99),
  OLD("OLD", 6, 'o', row -> Figures.count(row.tenured()), PoolRow::tenured),
  VIOLATIONS("VIOL", 5, 'v', row -> Figures.count(row.violations()), PoolRow::violations),
  STATE("STATE", 10, 's', PoolRow::collapse, null),
  VERDICT("VERDICT", 16, 'w', PoolRow::verdict, null),
  SYSTEM("SYSTEM", 15, 'y', row -> row.now().system(), null);

  /** Those that are left out first come last. */
  static final Column[] BY_NEED = {
    NAME, BORROWS, HITS, USED, IDLE, CAUSE, VIOLATIONS, P99, OLD, LIMIT, STATE, VERDICT, SYSTEM
  };

  private final String title;
  private final int width;
  private final char key;
  private final Function<PoolRow, @Nullable String> text;
  private final @Nullable ToDoubleFunction<PoolRow> rank;

  Column(
      String title,
      int width,
      char key,
      Function<PoolRow, @Nullable String> text,
      @Nullable ToDoubleFunction<PoolRow> rank) {
    this.title = title;
    this.width = width;
    this.key = key;
    this.text = text;
    this.rank = rank;
  }

  String title() {
    return title;
  }

  /** Columns of the terminal with a blank in front; of the name, at least. */
  int width() {
    return width;
  }

  /** What sorts by it. */
  char key() {
    return key;
  }

  boolean isText() {
    return rank == null;
  }

  String text(PoolRow row) {
    String said = text.apply(row);
    return said == null ? "-" : said;
  }

  /** What deserves a look comes first; what is not known, last. */
  Comparator<PoolRow> order() {
    Comparator<PoolRow> byName = Comparator.comparing(PoolRow::name);
    ToDoubleFunction<PoolRow> number = rank;
    if (number == null) {
      return Comparator.comparing((PoolRow row) -> text.apply(row) == null)
          .thenComparing(this::text)
          .thenComparing(byName);
    }
    return Comparator.comparingDouble(
            (PoolRow row) -> {
              double value = number.applyAsDouble(row);
              return Double.isNaN(value) ? Double.POSITIVE_INFINITY : -value;
            })
        .thenComparing(byName);
  }
}
