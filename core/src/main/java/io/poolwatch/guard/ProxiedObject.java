package io.poolwatch.guard;

import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Violations;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the object that a pool's proxy stood for, once its borrower gave it back: such a
 * proxy refuses each further call, and the object itself does not notice. Refers to no object.
 * Immutable.
 */
public final class ProxiedObject {
  private final PoolBook book;
  private final Life life;

  private ProxiedObject(PoolBook book, Life life) {
    this.book = book;
    this.life = life;
  }

  /** A proxy parts with its object; null if the object is not guarded. */
  public static @Nullable ProxiedObject of(Object object) {
    Ward.Home home = Wards.homeOf(object);
    return home == null ? null : new ProxiedObject(home.book, home.life);
  }

  /** A method of the proxy was called, which refuses it. */
  public void used() {
    if (book.system().breaker().isOpen()) {
      return;
    }
    RemovalReason removed = life.removalReason();
    Violations.found(
        book,
        removed == null ? ViolationKind.USE_AFTER_RETURN : ViolationKind.USE_AFTER_DESTROY,
        null,
        life,
        "the proxy was given back, and refused the call: its object may be lent again by now");
  }
}
