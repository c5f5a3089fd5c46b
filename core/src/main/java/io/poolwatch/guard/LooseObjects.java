package io.poolwatch.guard;

import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.UncountedLife;
import io.poolwatch.violation.LoanTrail;
import org.jspecify.annotations.Nullable;

/**
 * Objects of pools that know nothing of each one: the bundled pool, unguarded Recyclers. Their
 * lives hang on the guard's wards, which are found by identity, and no book counts them. Costs some
 * ten nanoseconds a call. Thread-safe.
 */
public final class LooseObjects {
  private LooseObjects() {}

  /**
   * A factory made an object for the present thread, which borrows it by that.
   *
   * @return its life, which from now on says whether it is lent; null if it is not guarded
   */
  public static @Nullable Life made(PoolBook book, Object object) {
    Life life = begin(book, object);
    if (life != null && book.stackDue()) {
      LoanTrail.borrowed(life);
    }
    return life;
  }

  private static @Nullable Life begin(PoolBook book, Object object) {
    Life life = UncountedLife.begin();
    Wards.made(book, life, object, true);
    return life.companion() == null ? null : life;
  }

  /** A pool hands an object out to the present thread. */
  public static void taken(PoolBook book, Object object) {
    Life life = lifeOf(book, object);
    if (life != null) {
      UncountedLife.lent(life);
      if (book.stackDue()) {
        LoanTrail.borrowed(life);
      }
      Wards.taken(life);
      Wards.lent(life);
    }
  }

  /**
   * The present thread gives an object to a pool, which others cannot have from there yet. Any
   * object may be given, not only one that came from the pool.
   *
   * @return its life, if the pool had it already; null normally
   */
  public static @Nullable Life given(PoolBook book, Object object) {
    Life life = lifeOf(book, object);
    if (life == null) {
      life = begin(book, object);
    }
    if (life == null) {
      return null;
    }
    if (!UncountedLife.returned(life)) {
      // Two may have it from now on, and what one may do the other may not.
      Wards.share(life);
      return life;
    }
    if (book.stackDue()) {
      LoanTrail.returned(life);
    }
    Wards.idle(life);
    return null;
  }

  private static @Nullable Life lifeOf(PoolBook book, Object object) {
    Ward.Home home = Wards.homeOf(object);
    return home == null || home.book != book ? null : home.life;
  }
}
