package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.ObjectBook;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * Hooks of the experiment, which by default are not woven. {@link #due}, {@link #givenBack} and
 * {@link #opened} are hooks as all others; what {@link #lend}, {@link #takeBack} and {@link
 * #invalidate} do is the borrow or the return itself, so they throw what the pool throws.
 * Thread-safe.
 */
public final class UnpooledHooks {
  /** Beside a place: an invalidation is a return. */
  private static final int RETURNED = 1 << 16;

  /** Null until the agent gives one: then each factory's {@code wrap} is taken to do more. */
  private static volatile @Nullable WrapLook wraps;

  private UnpooledHooks() {}

  /** Gives what factories are looked at with, before there are experiments. */
  public static void lookAtWraps(WrapLook look) {
    wraps = look;
  }

  static boolean isPlainWrap(
      MethodHandles.Lookup lookup, Class<?> factory, Class<?> record, Class<?> made) {
    WrapLook look = wraps;
    return look != null && look.isPlain(lookup, factory, record, made);
  }

  /** A pool is ready for use; gives what can lend past it. */
  public static @Nullable UnpooledLoans opened(Object pool, @Nullable ObjectBook book) {
    try {
      return book == null ? null : new UnpooledLoans((LendingPool) pool, book);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  /** Whether a borrow is to be served past the pool: a ticket, or 0. */
  public static int due(@Nullable UnpooledLoans loans) {
    try {
      return loans == null ? 0 : loans.admit();
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return 0;
    }
  }

  /** Serves it. */
  public static @Nullable Object lend(UnpooledLoans loans, int ticket) throws Exception {
    return loans.lend(ticket);
  }

  /** Whether an object was lent past the pool: 1 and its place, or 0. */
  public static int givenBack(@Nullable UnpooledLoans loans, @Nullable Object object) {
    try {
      return loans == null ? 0 : loans.placeOf(object) + 1;
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return 0;
    }
  }

  /** Takes it back. */
  public static void takeBack(UnpooledLoans loans, @Nullable Object object, int place) {
    loans.takeBack(object, place - 1);
  }

  /** An object is invalidated; gives on whose behalf, which the pool itself has still to ask. */
  public static int behalf() {
    try {
      return Marks.look();
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return Marks.NONE;
    }
  }

  /** The same as {@link #givenBack}, and whether it is a return for the service. */
  public static int invalidated(
      @Nullable UnpooledLoans loans, @Nullable Object object, int behalf) {
    int place = givenBack(loans, object);
    return place != 0 && behalf == Marks.ERODED ? place | RETURNED : place;
  }

  /** Lets it go. */
  public static void invalidate(UnpooledLoans loans, @Nullable Object object, int place) {
    loans.invalidate(object, (place & ~RETURNED) - 1, (place & RETURNED) != 0);
  }

  /** Whether the object of a record is lent past the pool, by what the record refers to. */
  public static int isOut(@Nullable Object held) {
    return held instanceof UnpooledLoan ? 1 : 0;
  }

  /** That object, or null if it was lost. */
  public static @Nullable Object objectOf(@Nullable Object held) {
    return held instanceof UnpooledLoan ? ((UnpooledLoan) held).get() : held;
  }
}
