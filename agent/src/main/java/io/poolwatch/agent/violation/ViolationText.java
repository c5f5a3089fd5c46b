package io.poolwatch.agent.violation;

import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Sighting;
import io.poolwatch.violation.Violation;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes one report so that a person understands it in ten seconds. */
public final class ViolationText {
  private static final int WIDTH = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private ViolationText() {}

  /**
   * The report on several lines, the first of which says what happened.
   *
   * @param pool under which the pool is reported
   */
  static String of(Violation violation, PoolIdentity pool) {
    StringBuilder text = new StringBuilder(1024);
    text.append(title(violation, pool));
    Sighting offence = violation.offence();
    sighting(text, verb(violation.kind()), offence, null);
    sighting(text, "given back before", violation.returned(), offence);
    sighting(text, "borrowed", violation.borrowed(), offence);
    sighting(text, "destroyed", violation.removed(), offence);
    if (violation.detail() != null) {
      line(text, "note: " + violation.detail());
    }
    if (isOneOfTwo(violation)) {
      line(text, "note: one loan was given back twice; either of the two may be the wrong one");
    }
    if (!hasBothSides(violation)) {
      line(
          text,
          violation.kind() == ViolationKind.OVERDUE
              ? "where it was borrowed was not seen (see stack.max)"
              : "the other side was not seen; the stacks of this pool are kept from now on, for a"
                  + " minute");
    }
    if (violation.traceId() != null) {
      line(text, "in trace " + violation.traceId() + ", span " + violation.spanId());
    }
    return text.toString();
  }

  /** What happened and to whom, in one line. */
  static String title(Violation violation, PoolIdentity pool) {
    String type = violation.objectClass();
    return violation.kind().label()
        + " in pool "
        + PlainText.clip(pool.name(), WIDTH)
        + " ("
        + pool.system()
        + ")"
        + (type == null ? "" : ", object of " + PlainText.clip(type, WIDTH))
        + ": "
        + sentence(violation.kind());
  }

  /**
   * Whether the report shows also what came before the call that was noticed, which is another
   * thing for each kind. A borrow alone does not tell who gave an object back too early.
   */
  static boolean hasBothSides(Violation violation) {
    switch (violation.kind()) {
      case DOUBLE_RETURN:
      case USE_AFTER_RETURN:
      case WRITE_AFTER_RETURN:
      case USE_AFTER_DESTROY:
        return violation.returned() != null || violation.removed() != null;
      case LEAK:
      case OVERDUE:
        return violation.borrowed() != null;
      case FOREIGN_RETURN:
      case UNBUILT_USE:
      case VALIDATE_DESTROY_RACE:
        return true; // the call that was noticed is all there is
    }
    return true;
  }

  /**
   * Whether nobody knows which of two returns was the borrower's own: a pool takes a stale one for
   * that of whoever has the object by then, and refuses his.
   */
  private static boolean isOneOfTwo(Violation violation) {
    return violation.kind() == ViolationKind.DOUBLE_RETURN && violation.removed() == null;
  }

  /** What a kind means, in a sentence without its end. */
  public static String sentence(ViolationKind kind) {
    switch (kind) {
      case DOUBLE_RETURN:
        return "an object was given back that was not lent";
      case FOREIGN_RETURN:
        return "an object was given to a pool that it is not of";
      case USE_AFTER_RETURN:
        return "an object was used while it was idle in its pool";
      case WRITE_AFTER_RETURN:
        return "an object changed while it was idle in its pool";
      case USE_AFTER_DESTROY:
        return "an object was used after its pool had destroyed it";
      case VALIDATE_DESTROY_RACE:
        return "an object was destroyed while something else was at work on it";
      case UNBUILT_USE:
        return "the factory handed out an object that the pool has already";
      case LEAK:
        return "an object was lost by its borrower";
      case OVERDUE:
        return "an object has been lent for far longer than is usual";
    }
    throw new AssertionError(kind);
  }

  private static String verb(ViolationKind kind) {
    switch (kind) {
      case DOUBLE_RETURN:
      case FOREIGN_RETURN:
        return "given back";
      case USE_AFTER_DESTROY:
      case USE_AFTER_RETURN:
        return "used";
      default:
        return "noticed";
    }
  }

  /**
   * What a thread did.
   *
   * @param later what is told before it, and happened after it; null if this comes first
   */
  private static void sighting(
      StringBuilder text, String verb, @Nullable Sighting sighting, @Nullable Sighting later) {
    if (sighting == null) {
      return;
    }
    String when =
        later == null
            ? "at " + TIME.format(wall(sighting))
            : duration(later.nanos() - sighting.nanos()) + " earlier";
    line(text, verb + " by thread " + PlainText.clip(sighting.thread(), WIDTH) + ", " + when + ":");
    for (StackTraceElement frame : StackText.shown(sighting)) {
      line(text, "    " + PlainText.clip(StackText.line(frame), WIDTH));
    }
    int hidden = StackText.hidden(sighting);
    if (hidden > 0) {
      line(text, "    … " + hidden + " frames of the pool, the JDK and further out");
    }
  }

  private static java.time.LocalTime wall(Sighting sighting) {
    return Instant.now()
        .minusNanos(System.nanoTime() - sighting.nanos())
        .atZone(ZoneId.systemDefault())
        .toLocalTime();
  }

  /** With two digits that matter, in the unit that a person would choose. */
  static String duration(long nanos) {
    double value = Math.max(0, nanos);
    if (value < 1e3) {
      return (long) value + " ns";
    }
    if (value < 1e6) {
      return String.format(Locale.ROOT, "%.1f µs", value / 1e3);
    }
    if (value < 1e9) {
      return String.format(Locale.ROOT, "%.1f ms", value / 1e6);
    }
    return value < 120e9
        ? String.format(Locale.ROOT, "%.1f s", value / 1e9)
        : String.format(Locale.ROOT, "%.1f min", value / 60e9);
  }

  private static void line(StringBuilder text, String line) {
    text.append(System.lineSeparator()).append("  ").append(line);
  }
}
