package io.poolwatch.violation;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.Stacks;
import io.poolwatch.book.ViolationKind;
import org.jspecify.annotations.Nullable;

/**
 * Broken contracts of pools that know an object by a handle, and in which no life is kept of each.
 * What is remembered of their returns, while a pool is armed, is kept by the handle. Thread-safe.
 */
public final class Handles {
  private static final IdentityTable<Return> RETURNS = new IdentityTable<>();

  private Handles() {}

  /**
   * The present thread gives an object back to a pool of which each return is looked at.
   *
   * @param kept whether its stack is to be; if not, that of an earlier return is forgotten
   */
  public static void returned(Object handle, boolean kept) {
    note(handle, kept, null, Return.ALWAYS);
  }

  /**
   * The same, to a pool whose returns are looked at only while some pool is armed: what was kept is
   * forgotten once none was, since the object may have come and gone unseen.
   *
   * @param borrowed how the loan began that ends by this, or null if that is not known
   */
  public static void returnedWhileArmed(Object handle, boolean kept, @Nullable Sighting borrowed) {
    note(handle, kept, borrowed, Stacks.era());
  }

  private static void note(Object handle, boolean kept, @Nullable Sighting borrowed, int era) {
    if (kept) {
      RETURNS.put(handle, new Return(Sighting.now(0), borrowed, era));
    } else {
      RETURNS.remove(handle);
    }
  }

  /** How an object was given back last; null if that was not among the stacks kept. */
  public static @Nullable Sighting returnOf(Object handle) {
    Return last = lastOf(handle);
    return last == null ? null : last.sighting;
  }

  private static @Nullable Return lastOf(Object handle) {
    Return last = RETURNS.get(handle);
    return last == null || !last.isValid() ? null : last;
  }

  /** The present thread gave an object back that was back already. */
  public static void returnedTwice(PoolBook book, @Nullable Object handle) {
    Return last = handle == null ? null : lastOf(handle);
    Violations.found(
        book,
        ViolationKind.DOUBLE_RETURN,
        null,
        last == null ? null : last.borrowed,
        last == null ? null : last.sighting,
        null,
        null);
  }

  /** The present thread gave an object to a pool that it is not of. */
  public static void returnedElsewhere(PoolBook book, String how) {
    Violations.found(book, ViolationKind.FOREIGN_RETURN, null, null, null, null, how);
  }

  /** One return, and until when it is the last one that is known. */
  private static final class Return {
    static final int ALWAYS = -1;

    final Sighting sighting;

    /** How the loan began that it ended, or null if that is not known. */
    final @Nullable Sighting borrowed;

    private final int era;

    Return(Sighting sighting, @Nullable Sighting borrowed, int era) {
      this.sighting = sighting;
      this.borrowed = borrowed;
      this.era = era;
    }

    boolean isValid() {
      return era == ALWAYS || era == Stacks.era();
    }
  }
}
