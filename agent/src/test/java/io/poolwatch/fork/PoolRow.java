package io.poolwatch.fork;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One pool in the agent's table at exit. Immutable. */
public final class PoolRow {
  private static final Pattern ROW =
      Pattern.compile(
          "\\s+(\\S.*?)\\s{2,}(\\S+)\\s+(\\d+)\\s+([\\d.]+|-)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+|-)\\s+(\\d+)\\s+(\\d+)(.*)",
          Pattern.DOTALL);

  /** Its name. */
  public final String name;

  /** The library's id. */
  public final String system;

  /** Borrows with any outcome. */
  public final long borrows;

  /** The hit rate as written, or a dash. */
  public final String hitPercent;

  /** Objects idle. */
  public final long idle;

  /** Objects in use. */
  public final long used;

  /** Objects created. */
  public final long created;

  /** Objects removed. */
  public final long removed;

  /** Why, as written. */
  public final String reasons;

  private PoolRow(Matcher row) {
    name = row.group(1);
    system = row.group(2);
    borrows = Long.parseLong(row.group(3));
    hitPercent = row.group(4);
    idle = Long.parseLong(row.group(5));
    used = Long.parseLong(row.group(6));
    created = Long.parseLong(row.group(8));
    removed = Long.parseLong(row.group(9));
    reasons = row.group(10).trim();
  }

  /** Reads a line of the table; nothing if it is its head. */
  static Optional<PoolRow> parse(String line) {
    Matcher row = ROW.matcher(line);
    return row.matches() ? Optional.of(new PoolRow(row)) : Optional.empty();
  }

  @Override
  public String toString() {
    return name
        + " borrows="
        + borrows
        + " hit%="
        + hitPercent
        + " idle="
        + idle
        + " used="
        + used
        + " created="
        + created
        + " removed="
        + removed
        + " "
        + reasons;
  }
}
