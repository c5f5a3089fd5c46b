package io.poolwatch.woven.nettyrecycler;

import static io.poolwatch.woven.nettyrecycler.NettyRecyclers.BREAKER;

import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.Stacks;
import io.poolwatch.guard.Wards;
import io.poolwatch.worth.Costs;
import org.jspecify.annotations.Nullable;

/**
 * Hooks around {@code newObject}, which count what was made and measure some of it.
 *
 * <p>An object that is made while the Recycler is switched off often lives in registers: its
 * allocation is removed by the JIT. No hook on that way may let it escape, so {@link #made} passes
 * on its class, never itself, unless the pool really pools it. Thread-safe.
 */
public final class BuildHooks {
  private BuildHooks() {}

  /** Whether the object about to be made can come back, as an int for a slot. */
  public static int pooled(boolean admitted) {
    return admitted ? 1 : 0;
  }

  /** The same, where the library says so by a handle. */
  public static int pooled(@Nullable Object handle) {
    return handle == null ? 0 : 1;
  }

  /**
   * The factory is about to be called. Gives a ticket, 0 if this call is not measured: never one of
   * which the object cannot come back, since such may live in registers.
   *
   * @param pooled what {@link #pooled} said
   */
  public static long building(@Nullable ShareBook book, int pooled) {
    if (pooled == 0 || book == null) {
      return Costs.NOT_MEASURED;
    }
    try {
      return BREAKER.isOpen() ? Costs.NOT_MEASURED : book.costs().building();
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return Costs.NOT_MEASURED;
    }
  }

  /** Gives how many classes are loaded, with a ticket. */
  public static long classes(long ticket) {
    return ticket == Costs.NOT_MEASURED ? 0 : Costs.classes(ticket);
  }

  /** Gives the time, with a ticket; the last hook before the call. */
  public static long clock(long ticket) {
    return ticket == Costs.NOT_MEASURED ? 0 : Costs.clock(ticket);
  }

  /** The factory gave an object; the first hook after the call. */
  public static void built(
      @Nullable ShareBook book, long ticket, long classes, long start, @Nullable Object made) {
    if (ticket != Costs.NOT_MEASURED && book != null) {
      measured(book, ticket, classes, start, made);
    }
  }

  private static void measured(
      ShareBook book, long ticket, long classes, long start, @Nullable Object made) {
    try {
      book.costs().built(ticket, classes, start, null, null, made);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /**
   * The factory returned normally.
   *
   * @param share of the local pool that was asked, or null if none was: the pool is switched off
   * @param pooled what {@link #pooled} said
   */
  public static void made(
      @Nullable ShareBook book,
      @Nullable Share share,
      int pooled,
      Object recycler,
      @Nullable Object made) {
    if (book != null) {
      if (counted(book, share, pooled, made) && made != null) {
        handled(made);
      }
      RecyclerHooks.announceOnce(book, recycler, made);
    }
  }

  /**
   * The same, in a generation whose handles do not take their object by a method.
   *
   * @param handle what the object was made with
   */
  public static void madeWith(
      @Nullable ShareBook book,
      @Nullable Share share,
      int pooled,
      Object recycler,
      @Nullable Object made,
      @Nullable Object handle) {
    if (book != null) {
      if (counted(book, share, pooled, made) && made != null) {
        HandleHooks.tracks(share, handle, made);
        handled(made);
      }
      RecyclerHooks.announceOnce(book, recycler, made);
    }
  }

  /** The same of an unguarded Recycler, whose objects have a handle in common. */
  public static void madeUnguarded(
      @Nullable ShareBook book,
      @Nullable Share share,
      int pooled,
      Object recycler,
      @Nullable Object made) {
    if (book != null) {
      if (counted(book, share, pooled, made) && made != null) {
        Unguarded.made(share, made);
      }
      RecyclerHooks.announceOnce(book, recycler, made);
    }
  }

  /** Counts an object that was made; gives whether it can come back and be guarded. */
  private static boolean counted(
      ShareBook book, @Nullable Share share, int pooled, @Nullable Object made) {
    if (share == null) {
      book.missDisabled();
      return false;
    }
    if (pooled == 0) {
      share.missNotAdmitted();
      return false;
    }
    return miss(share, made);
  }

  /** Counts a miss; gives whether the object is to be guarded. */
  private static boolean miss(Share share, @Nullable Object made) {
    share.miss();
    if (made == null || BREAKER.isOpen()) {
      return false;
    }
    try {
      if (Stacks.isAnyPoolArmed()) {
        Loans.begins(share, made);
      }
      return true;
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return false;
    }
  }

  private static void handled(Object made) {
    try {
      Wards.recycled(made);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }
}
