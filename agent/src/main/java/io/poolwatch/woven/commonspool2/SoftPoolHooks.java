package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.guard.Wards;
import org.jspecify.annotations.Nullable;

/**
 * Hooks of {@code SoftReferenceObjectPool} alone. It holds its objects softly, whether idle or
 * lent, and never learns of most that the collector takes; so the book watches each.
 */
public final class SoftPoolHooks {
  private SoftPoolHooks() {}

  /** The pool is made. All methods that lend and take back are synchronized, in every release. */
  public static void opened(@Nullable ObjectBook book) {
    if (book != null) {
      book.serial();
      book.soft();
    }
  }

  /** Keeps a reference in a local variable of the woven method. */
  public static @Nullable Object keep(@Nullable Object value) {
    return value;
  }

  /** The pool made an object and notes its record. Gives the life of the object. */
  public static @Nullable Life created(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, @Nullable Object object) {
    try {
      if (book == null) {
        return null;
      }
      Life made = Lives.made(pooled, life);
      if (object != null) {
        book.track(made, object);
        book.facts().askWhetherResource(object);
      }
      book.created(made, object);
      Life present = Wards.made(book, made, object);
      if (present != null) {
        Misuse.builtTwice(book, present);
      }
      return made;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return null;
    }
  }

  /** A borrow looks into an idle record: null if the collector cleared it. */
  public static void polled(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, @Nullable Object object) {
    if (object == null) {
      pruned(book, pooled, life);
    }
  }

  /** {@code clear} drops an idle record; the collector may have taken its object before. */
  public static void cleared(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, boolean poolClosed) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        book.removed(
            Lives.of(pooled, life), poolClosed ? RemovalReason.CLOSED : RemovalReason.CLEARED);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** The pool drops a record whose object the collector took. */
  public static void pruned(
      @Nullable ObjectBook book, @Nullable Object pooled, @Nullable Object life) {
    try {
      if (book != null && pooled != null && !BREAKER.isOpen()) {
        book.pruned(Lives.of(pooled, life));
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }
}
