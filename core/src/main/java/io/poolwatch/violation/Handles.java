package io.poolwatch.violation;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.ViolationKind;
import org.jspecify.annotations.Nullable;

/**
 * Broken contracts of pools that know an object by a handle, and in which no life is kept of each.
 * What is remembered of their returns, while a pool is armed, is kept by the handle. Thread-safe.
 */
public final class Handles {
  private static final IdentityTable<Sighting> RETURNS = new IdentityTable<>();

  private Handles() {}

  /** The present thread gives an object back, and its stack is to be kept. */
  public static void returned(Object handle) {
    RETURNS.put(handle, Sighting.now(0));
  }

  /** How an object was given back last; null if that was not among the stacks kept. */
  public static @Nullable Sighting returnOf(Object handle) {
    return RETURNS.get(handle);
  }

  /** The present thread gave an object back that was back already. */
  public static void returnedTwice(PoolBook book, @Nullable Object handle) {
    Violations.found(
        book,
        ViolationKind.DOUBLE_RETURN,
        null,
        null,
        handle == null ? null : RETURNS.get(handle),
        null,
        null);
  }

  /** The present thread gave an object to a pool that it is not of. */
  public static void returnedElsewhere(PoolBook book, String how) {
    Violations.found(book, ViolationKind.FOREIGN_RETURN, null, null, null, null, how);
  }
}
