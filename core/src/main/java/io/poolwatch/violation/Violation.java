package io.poolwatch.violation;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.ViolationKind;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One broken contract, with what is known of how it came about, and how many others there were of
 * the same kind while it waited to be told. Holds no object, class or loader of the service.
 * Thread-safe.
 */
public final class Violation {
  private static final int TOLD = -1;

  /** How many are alike, or {@link #TOLD}. */
  private final AtomicInteger alike = new AtomicInteger();

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

  /** Whether another one would read the same, but for its time. */
  boolean isLike(
      PoolBook otherBook,
      ViolationKind otherKind,
      @Nullable Sighting otherOffence,
      @Nullable Sighting otherBorrowed,
      @Nullable Sighting otherReturned,
      @Nullable Sighting otherRemoved,
      @Nullable String otherDetail) {
    return book == otherBook
        && kind == otherKind
        && isOfOnePlace(offence, otherOffence)
        // Else it says nothing of where it was.
        && (offence != null || isOfOnePlace(borrowed, otherBorrowed))
        && (borrowed == null) == (otherBorrowed == null)
        && (returned == null) == (otherReturned == null)
        && (removed == null) == (otherRemoved == null)
        && Objects.equals(detail, otherDetail);
  }

  private static boolean isOfOnePlace(@Nullable Sighting one, @Nullable Sighting other) {
    return one == null || other == null ? one == other : one.isFromWhere(other);
  }

  /** Counts another one that is alike; false if this one was taken to be told. */
  boolean oneMore() {
    int before;
    do {
      before = alike.get();
      if (before == TOLD) {
        return false;
      }
    } while (!alike.compareAndSet(before, before + 1));
    return true;
  }

  /** How many others were alike until now; from now on none is counted here. Once. */
  public int takeAlike() {
    return Math.max(0, alike.getAndSet(TOLD));
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
