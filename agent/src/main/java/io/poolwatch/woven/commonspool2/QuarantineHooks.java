package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.ObjectBook;
import io.poolwatch.guard.Quarantine;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in {@code returnObject} where it is woven for the quarantine, which by default it is not.
 * An object that is to go there is treated as one too many: the pool itself parts with it, as it
 * does when it has as many idle ones as it keeps.
 */
public final class QuarantineHooks {
  private QuarantineHooks() {}

  /** A return asks how many idle objects the pool keeps. Gives whether this one is to go. */
  public static int draws(
      @Nullable ObjectBook book,
      @Nullable Object pooled,
      @Nullable Object life,
      @Nullable Object object) {
    try {
      if (book != null
          && pooled != null
          && object != null
          && !BREAKER.isOpen()
          && Quarantine.isDue(book, object)
          && Lives.of(pooled, life).companion() != null) {
        return 1;
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return 0;
  }

  /** The answer: none, if it is to go. */
  public static int limit(int limit, int drawn) {
    return drawn == 0 ? limit : 0;
  }
}
