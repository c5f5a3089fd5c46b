package io.poolwatch.agent.collapse;

import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.collapse.CollapseChange;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a change so that a person knows which pool, since when, why, and what to do. */
final class CollapseText {
  /** The clock's own text leaves out seconds that are 0. */
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final int WIDTH = 200;
  private static final int MOST_CAUSES = 3;

  /** A cause that grew by less, of all borrows, is not named. */
  private static final double LEAST_GROWTH = 0.005;

  private CollapseText() {}

  /**
   * The report on several lines.
   *
   * @param latest what happened since the change began
   * @param before what happened before that
   * @param began when it began, on the clock on the wall
   * @param tickNanos how long a tick is
   */
  static String of(
      CollapseChange change,
      PoolIdentity pool,
      Counts latest,
      Counts before,
      LocalTime began,
      long tickNanos) {
    StringBuilder text = new StringBuilder(512);
    text.append(sentence(change)).append(" in pool ").append(PlainText.clip(pool.name(), WIDTH));
    text.append(" (").append(pool.system()).append(')');
    if (pool.objectType() != null) {
      text.append(", objects of ").append(PlainText.clip(pool.objectType(), WIDTH));
    }
    text.append(": hit rate ")
        .append(hits(change.now()))
        .append(", before ")
        .append(hits(change.before()));
    boolean bad =
        change.kind() == CollapseChange.Kind.FELL || change.kind() == CollapseChange.Kind.DECAYED;
    if (change.kind() == CollapseChange.Kind.FELL) {
      line(text, "since " + CLOCK.format(began));
    }
    if (bad) {
      List<MissCause> grown = grown(latest, before);
      for (MissCause cause : grown) {
        if (cause == MissCause.FRAGMENTED && latest.keys().isKnown()) {
          line(text, keys(latest.keys(), before.keys(), began, tickNanos / 1e9));
        }
        line(
            text,
            cause.label()
                + ": "
                + percent(latest.share(cause))
                + " of the borrows"
                + (before.borrows() == 0 ? "" : ", before " + percent(before.share(cause)))
                + ": "
                + Remedies.meaning(cause));
      }
      line(text, "way out: " + Remedies.wayOut(grown.isEmpty() ? MissCause.OTHER : grown.get(0)));
    }
    return text.toString();
  }

  private static String keys(KeyCounts latest, KeyCounts before, LocalTime began, double seconds) {
    boolean compared = before.isKnown() && before.asked() > 0;
    StringBuilder line = new StringBuilder("key fragmentation: distinct keys");
    if (compared) {
      line.append(String.format(Locale.ROOT, " ×%.1f", latest.asked() / before.asked()));
    }
    line.append(" since ").append(CLOCK.format(began));
    line.append(String.format(Locale.ROOT, " (%.0f in %.0f s", latest.asked(), seconds));
    if (compared) {
      line.append(String.format(Locale.ROOT, ", before %.0f", before.asked()));
    }
    return line.append("), ")
        .append(latest.idleElsewhere())
        .append(" idle under other keys, ")
        .append(String.format(Locale.ROOT, "%.1f keys begun a second", latest.opened() / seconds))
        .toString();
  }

  /** The cause that grew most; null if none did. */
  static @Nullable MissCause cause(Counts latest, Counts before) {
    List<MissCause> grown = grown(latest, before);
    return grown.isEmpty() ? null : grown.get(0);
  }

  private static List<MissCause> grown(Counts latest, Counts before) {
    List<MissCause> grown = new ArrayList<>();
    for (MissCause cause : MissCause.values()) {
      if (growth(cause, latest, before) >= LEAST_GROWTH) {
        grown.add(cause);
      }
    }
    grown.sort(
        Comparator.comparingDouble((MissCause cause) -> growth(cause, latest, before)).reversed());
    return grown.subList(0, Math.min(MOST_CAUSES, grown.size()));
  }

  private static double growth(MissCause cause, Counts latest, Counts before) {
    return latest.share(cause) - before.share(cause);
  }

  private static String sentence(CollapseChange change) {
    switch (change.kind()) {
      case FELL:
        return "collapse: the hit rate fell";
      case DECAYED:
        return "collapse: the hit rate has been going down for hours";
      case RECOVERED:
        return "collapse is over: the hit rate is as it was";
      case ACCEPTED:
        return "collapse has lasted for a day, and is taken for what is usual from now on";
    }
    throw new AssertionError(change.kind());
  }

  private static String hits(double misses) {
    return percent(1 - misses);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static void line(StringBuilder text, String line) {
    text.append(System.lineSeparator()).append("  ").append(line);
  }
}
