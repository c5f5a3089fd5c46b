package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.fingerprint.Fingerprints;
import org.jspecify.annotations.Nullable;

/**
 * Hooks where a pool is about to do something with an idle object that may change its content. The
 * pool has claimed the object by then, so no two of them meet on one object.
 */
public final class PrintHooks {
  private PrintHooks() {}

  /** A borrow is about to activate an object. */
  public static void taken(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, @Nullable Object object) {
    check(book, pooled, life, object);
  }

  /**
   * The evictor is about to call something of the service's on an idle object. Gives whether the
   * object's content was known, and is to be taken again.
   */
  public static int handling(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, @Nullable Object object) {
    return check(book, pooled, life, object) ? 1 : 0;
  }

  private static boolean check(
      @Nullable ObjectBook book, Object pooled, @Nullable Object life, @Nullable Object object) {
    try {
      if (book != null && !BREAKER.isOpen()) {
        Life idle = Lives.of(pooled, life);
        return idle.print() != null && Fingerprints.check(book, idle, object);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return false;
  }

  /** That call is over. */
  public static void handled(
      @Nullable ObjectBook book,
      Object pooled,
      @Nullable Object life,
      @Nullable Object object,
      int known) {
    try {
      if (known != 0 && book != null && !BREAKER.isOpen()) {
        Fingerprints.take(book, Lives.of(pooled, life), object);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }
}
