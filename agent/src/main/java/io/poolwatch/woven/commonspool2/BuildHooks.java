package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.ObjectBook;
import io.poolwatch.worth.Costs;
import org.jspecify.annotations.Nullable;

/**
 * Hooks around {@code makeObject} that measure some of its calls. What is made there for the pool's
 * sake, the object's record and the text of an error, does not count.
 */
public final class BuildHooks {
  private BuildHooks() {}

  /** The factory is about to be called. Gives a ticket, 0 if this call is not measured. */
  public static long begins(@Nullable ObjectBook book, @Nullable Object factory) {
    try {
      long ticket = book == null || BREAKER.isOpen() ? Costs.NOT_MEASURED : book.costs().building();
      if (ticket != Costs.NOT_MEASURED) {
        WrapHooks.measures();
        CheckHooks.measures(factory);
      }
      return ticket;
    } catch (Throwable t) {
      BREAKER.failed(t);
      return Costs.NOT_MEASURED;
    }
  }

  /** Gives how many classes are loaded, with a ticket. */
  public static long classes(long ticket) {
    return Costs.classes(ticket);
  }

  /** Gives the time, with a ticket; the last hook before the call. */
  public static long clock(long ticket) {
    return Costs.clock(ticket);
  }

  /** The factory gave an object; the first hook after the call. */
  public static void ended(
      @Nullable ObjectBook book,
      long ticket,
      long classes,
      long start,
      @Nullable Object factory,
      @Nullable Object pooled,
      @Nullable Object life,
      @Nullable Object object) {
    if (ticket == Costs.NOT_MEASURED || book == null) {
      return;
    }
    try {
      // What has a life is a record of the library's.
      long beside = (life == null ? 0 : WrapHooks.bytes()) + CheckHooks.bytes(factory);
      book.costs().built(ticket, classes, start, pooled, life, object, beside);
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }
}
