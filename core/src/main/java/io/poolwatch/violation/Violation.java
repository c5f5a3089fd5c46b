package io.poolwatch.violation;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.ViolationKind;
import org.jspecify.annotations.Nullable;

/**
 * One broken contract, with what is known of how it came about. Holds no object, class or loader of
 * the service. Immutable.
 */
public final class Violation {
  private final PoolBook book;
  private final ViolationKind kind;
  private final @Nullable String objectClass;
  private final @Nullable Sighting offence;
  private final @Nullable Sighting borrowed;
  private final @Nullable Sighting returned;
  private final @Nullable Sighting removed;
  private final @Nullable String detail;
  private final String @Nullable [] span;

  Violation(
      PoolBook book,
      ViolationKind kind,
      @Nullable String objectClass,
      @Nullable Sighting offence,
      @Nullable Sighting borrowed,
      @Nullable Sighting returned,
      @Nullable Sighting removed,
      @Nullable String detail,
      String @Nullable [] span) {
    this.book = book;
    this.kind = kind;
    this.objectClass = objectClass;
    this.offence = Sighting.toReport(offence);
    this.borrowed = Sighting.toReport(borrowed);
    this.returned = Sighting.toReport(returned);
    this.removed = Sighting.toReport(removed);
    this.detail = detail;
    this.span = span;
  }

  /** The pool's book. */
  public PoolBook book() {
    return book;
  }

  /** What was broken. */
  public ViolationKind kind() {
    return kind;
  }

  /** Binary name of the object's class, or null if that is not known. */
  public @Nullable String objectClass() {
    return objectClass;
  }

  /**
   * The call that was noticed, or null if it was none, as with a loan that does not end. Not always
   * the culprit's: {@link #detail} says so.
   */
  public @Nullable Sighting offence() {
    return offence;
  }

  /** How the object's latest loan began, or null if that was not among the stacks kept. */
  public @Nullable Sighting borrowed() {
    return borrowed;
  }

  /** How it ended, or null if it did not, or was not among the stacks kept. */
  public @Nullable Sighting returned() {
    return returned;
  }

  /** How the pool parted with the object, or null if it did not, or that was not seen. */
  public @Nullable Sighting removed() {
    return removed;
  }

  /** What else a reader must know, in a sentence, or null. */
  public @Nullable String detail() {
    return detail;
  }

  /** Trace id of the service's span at the offence, in hexadecimal, or null. */
  public @Nullable String traceId() {
    return span == null ? null : span[0];
  }

  /** Span id of the service's span at the offence, in hexadecimal, or null. */
  public @Nullable String spanId() {
    return span == null ? null : span[1];
  }
}
