package io.poolwatch.violation;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.RemovalReason;
import org.jspecify.annotations.Nullable;

/**
 * Objects that their pools destroyed lately, to tell a late return of one from the return of an
 * object that the pool never had. Of a pool it holds no more than its identity. Thread-safe.
 */
public final class Departed {
  private static final IdentityTable<Departure> LATELY = new IdentityTable<>();

  private Departed() {}

  /** A pool parts with an object on the present thread; keeps its stack if one is due. */
  public static void left(PoolBook book, Object object, @Nullable RemovalReason reason) {
    Sighting sighting = book.stackDue() ? Sighting.now(0) : null;
    LATELY.put(object, new Departure(System.identityHashCode(book), reason, sighting));
  }

  /**
   * Whether an object left that pool since some moment, as far as it is among the last ones.
   *
   * @param nanos by {@link System#nanoTime}
   */
  public static boolean leftSince(PoolBook book, Object object, long nanos) {
    Departure departure = from(book, object);
    return departure != null && departure.nanos - nanos >= 0;
  }

  /** How an object left that pool, or null if that is not known. */
  static @Nullable Departure from(PoolBook book, Object object) {
    Departure departure = LATELY.get(object);
    return departure != null && departure.book == System.identityHashCode(book) ? departure : null;
  }

  /** Whether there were more than are remembered, so that one may be unknown here. */
  static boolean hasOverflowed() {
    return LATELY.hasOverflowed();
  }

  /** How an object left its pool. Immutable. */
  static final class Departure {
    private final int book;
    private final long nanos = System.nanoTime();
    final @Nullable RemovalReason reason;
    final @Nullable Sighting sighting;

    Departure(int book, @Nullable RemovalReason reason, @Nullable Sighting sighting) {
      this.book = book;
      this.reason = reason;
      this.sighting = sighting;
    }
  }
}
