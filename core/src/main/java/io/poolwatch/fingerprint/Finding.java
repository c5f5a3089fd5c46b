package io.poolwatch.fingerprint;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Sighting;
import io.poolwatch.violation.Violations;
import org.jspecify.annotations.Nullable;

/** A write that was noticed, and what was seen of the loan before it. Immutable. */
final class Finding {
  private static final String DETAIL =
      "its content is not what it was as it was given back; who wrote is not known: "
          .concat("the call shown only noticed it, and is not the culprit");

  private final PoolBook book;
  private final String objectClass;
  private final @Nullable Sighting borrowed;
  private final @Nullable Sighting returned;

  Finding(
      PoolBook book, String objectClass, @Nullable Sighting borrowed, @Nullable Sighting returned) {
    this.book = book;
    this.objectClass = objectClass;
    this.borrowed = borrowed;
    this.returned = returned;
  }

  /** Counts and reports it. */
  void tell() {
    Violations.found(
        book, ViolationKind.WRITE_AFTER_RETURN, objectClass, borrowed, returned, null, DETAIL);
  }
}
