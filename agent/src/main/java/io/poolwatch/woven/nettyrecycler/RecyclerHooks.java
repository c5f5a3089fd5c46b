package io.poolwatch.woven.nettyrecycler;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Breaker;
import io.poolwatch.book.Companion;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.Stacks;
import io.poolwatch.book.TrackedObject;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.fingerprint.HandlePrints;
import io.poolwatch.fingerprint.Resets;
import io.poolwatch.guard.PooledHandle;
import io.poolwatch.guard.Quarantine;
import io.poolwatch.guard.Wards;
import io.poolwatch.memory.HandleValue;
import io.poolwatch.violation.Handles;
import io.poolwatch.worth.Costs;
import java.lang.ref.Reference;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of all generations of Netty's Recycler.
 *
 * <p>A get and a recycle of a pooled object take 9 ns together, so the hooks on that path ({@link
 * #acquired}, {@link #keptByOwner}, {@link #releasing}, {@link #released}) are a few instructions
 * that cannot throw, and do not even ask whether they are switched off. A share or a book is null
 * only where an object was made without its constructor; then nothing is counted.
 *
 * <p>An object that is made while the Recycler is switched off often lives in registers: its
 * allocation is removed by the JIT. No hook on that way may let it escape, so {@link #made} passes
 * on its class, never itself, unless the pool really pools it.
 *
 * <p>A hook that counts an object as thrown away keeps it reachable until that is done: collected
 * before, it would be read as lost. Thread-safe.
 */
public final class RecyclerHooks {
  /** What a Recycler can do. */
  public static final PoolSystem SYSTEM =
      PoolSystem.named("netty_recycler")
          .borrowOutcomes(EnumSet.of(BorrowOutcome.HIT, BorrowOutcome.MISS, BorrowOutcome.ERROR))
          .missCauses(
              Quarantine.missCauses(
                  EnumSet.of(
                      MissCause.COLD,
                      MissCause.FRAGMENTED,
                      MissCause.CAPACITY,
                      MissCause.OWNER_GONE,
                      MissCause.NOT_ADMITTED,
                      MissCause.DISABLED,
                      MissCause.OTHER)))
          .removalReasons(
              Quarantine.removalReasons(
                  EnumSet.of(
                      RemovalReason.CAPACITY,
                      RemovalReason.OWNER_GONE,
                      RemovalReason.POOL_GONE,
                      RemovalReason.LEAKED,
                      RemovalReason.NOT_ADMITTED,
                      RemovalReason.DISABLED)))
          .violations(
              EnumSet.of(
                  ViolationKind.DOUBLE_RETURN,
                  ViolationKind.FOREIGN_RETURN,
                  ViolationKind.USE_AFTER_RETURN,
                  ViolationKind.WRITE_AFTER_RETURN,
                  ViolationKind.LEAK))
          .tellingBirths()
          .build();

  private static final Breaker BREAKER = SYSTEM.breaker();

  private RecyclerHooks() {}

  // Constructors and binding.

  /** At the end of each constructor of the Recycler; they chain, so it keeps what is there. */
  public static @Nullable ShareBook book(Object recycler, @Nullable ShareBook present) {
    if (present != null || BREAKER.isOpen()) {
      return present;
    }
    try {
      return new ShareBook(SYSTEM, new PoolFacts(recycler.getClass().getName()));
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  /** The share of a local pool that one thread alone borrows from; opened at its first miss. */
  public static @Nullable Share confinedShare(
      @Nullable ShareBook book, @Nullable Share present, Object localPool) {
    return present != null || book == null ? present : open(book, localPool, true);
  }

  /** The share of a local pool of some kind; opened at its first miss. */
  public static @Nullable Share share(
      @Nullable ShareBook book,
      @Nullable Share present,
      Object localPool,
      @Nullable LocalPoolKind kind) {
    if (present != null || book == null || kind == LocalPoolKind.DISABLED) {
      return present;
    }
    return open(book, localPool, kind == LocalPoolKind.CONFINED);
  }

  private static @Nullable Share open(ShareBook book, Object localPool, boolean confined) {
    if (BREAKER.isOpen()) {
      return null;
    }
    try {
      return book.open(localPool, confined);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  /** Passes a share from a slot to a field. */
  public static @Nullable Share same(@Nullable Share share) {
    return share;
  }

  /** At the end of the constructor that serves the thread local. */
  public static LocalPoolKind confinedKind() {
    return LocalPoolKind.CONFINED;
  }

  /** At the end of the constructor that takes a capacity alone. */
  public static @Nullable LocalPoolKind kindOfCapacity(int capacity) {
    return LocalPoolKind.ofCapacity(capacity);
  }

  // Borrowing.

  /** A handle becomes lent. */
  public static void lent(@Nullable TrackedObject tracked) {
    if (tracked != null) {
      tracked.lent();
    }
  }

  /** A handle becomes idle, before its owner can take it again. */
  public static void idle(@Nullable TrackedObject tracked) {
    if (tracked != null) {
      tracked.idle();
    }
  }

  /** A stack gives a handle with that, or null. */
  public static void popped(@Nullable Object tracked) {
    if (tracked instanceof TrackedObject) {
      ((TrackedObject) tracked).lent();
    }
  }

  /** The pool parts with an object; apart from the hot path. */
  private static void partedWith(@Nullable Object handle) {
    if (handle instanceof PooledHandle) {
      TrackedObject tracked = ((PooledHandle) handle).poolwatch$tracked();
      if (tracked != null) {
        tracked.removed();
      }
    }
  }

  private static void discarded(Share share, RemovalReason reason, @Nullable Object handle) {
    share.discarded(reason);
    partedWith(handle);
    Reference.reachabilityFence(handle);
  }

  /** The local pool gave this handle, or object; null if it was empty. */
  public static void acquired(@Nullable Share share, @Nullable Object handle) {
    if (handle != null && share != null) {
      share.hit(handle);
      if (Stacks.isAnyPoolArmed()) {
        Loans.begins(share, handle);
      }
    }
  }

  /**
   * The local pool takes out a handle, or object; where it is woven for the quarantine, which by
   * default it is not. One that is drawn is not passed on, and stays given back for good.
   *
   * @return the same, or null, as if there were none
   */
  public static @Nullable Object passingOn(@Nullable Share share, @Nullable Object handle) {
    try {
      // Only such a handle can tell later that its object was given back.
      if (share != null && handle instanceof PooledHandle && !BREAKER.isOpen()) {
        Object object = HandleValue.of(handle);
        if (object != null && Quarantine.isDue(share.book(), object)) {
          share.quarantined();
          partedWith(handle);
          return null;
        }
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
    return handle;
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

  /** Whether the object about to be made can come back, as an int for a slot. */
  public static int pooled(boolean admitted) {
    return admitted ? 1 : 0;
  }

  /** The same, where the library says so by a handle. */
  public static int pooled(@Nullable Object handle) {
    return handle == null ? 0 : 1;
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
      announceOnce(book, recycler, made);
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
        tracks(share, handle, made);
        handled(made);
      }
      announceOnce(book, recycler, made);
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
        tracks(share, null, made);
        Unguarded.made(book, made);
      }
      announceOnce(book, recycler, made);
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

  private static void announceOnce(ShareBook book, Object recycler, @Nullable Object made) {
    if (!book.isAnnounced()) {
      announce(book, recycler, made == null ? null : made.getClass());
    }
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

  /** A handle takes the object that was made with it; null if the factory made none. */
  public static void tracks(@Nullable Share share, @Nullable Object handle, @Nullable Object made) {
    try {
      if (share != null && made != null && !BREAKER.isOpen()) {
        track(share, made, handle);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  private static void track(Share share, Object made, @Nullable Object handle) {
    TrackedObject tracked = share.track(made);
    if (tracked == null) {
      return;
    }
    if (handle instanceof PooledHandle) {
      ((PooledHandle) handle).poolwatch$tracked(tracked);
      if (((PooledHandle) handle).poolwatch$tracked() == tracked) {
        tracked.tell();
        return;
      }
    }
    share.book().untold();
  }

  private static void handled(Object made) {
    try {
      Wards.recycled(made);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  private static void announce(ShareBook book, Object recycler, @Nullable Class<?> type) {
    if (BREAKER.isOpen()) {
      return;
    }
    try {
      book.announce(recycler, type);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** A get threw. */
  public static void failed(@Nullable ShareBook book) {
    if (book != null) {
      book.failed();
    }
  }

  /** A get threw, unless a local pool was asked, which counts for itself. */
  public static void failedUnless(@Nullable ShareBook book, int asked) {
    if (asked == 0 && book != null) {
      book.failed();
    }
  }

  /** Notes in a slot that something was reached. */
  public static int reached() {
    return 1;
  }

  // Giving back.

  /** An object is about to be put back; the loan ends, whatever becomes of it. */
  public static void releasing(@Nullable Share share, @Nullable Object handle) {
    if (share != null && handle != null) {
      share.loanEnded(handle);
      if (Stacks.isAnyPoolArmed()) {
        Loans.ends(share, handle);
      }
    }
  }

  /** The same, where the library refuses what is back already only after it. */
  public static void releasingUnlessBack(@Nullable Share share, @Nullable Object handle) {
    if (share != null && handle != null) {
      share.loanEnded(handle);
      if (Stacks.isAnyPoolArmed() && !isBack(handle)) {
        Loans.ends(share, handle);
      }
    }
  }

  /** The same, where fingerprints are woven in, which by default they are not. */
  public static void printing(@Nullable Share share, @Nullable Object handle) {
    try {
      if (share != null && handle != null && !BREAKER.isOpen()) {
        HandlePrints.returned(share.book(), handle);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** The same, where the way objects come back is woven in, which by default it is not. */
  public static void resetting(@Nullable Share share, @Nullable Object handle) {
    try {
      if (share != null && handle != null && !BREAKER.isOpen()) {
        Companion resets = share.book().resets();
        if (resets != null) {
          Resets.returned(resets, HandleValue.of(handle));
        }
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** The local pool gave this handle, or object; null if it was empty. */
  public static void comparing(@Nullable Share share, @Nullable Object handle) {
    try {
      if (share != null && handle != null && !BREAKER.isOpen()) {
        HandlePrints.borrowed(share.book(), handle);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** The owner put the object among its own. */
  public static int keptByOwner(@Nullable Share share) {
    if (share != null) {
      share.returnedByOwner();
    }
    return 1;
  }

  /** The object was offered to the queue. */
  public static int offered(@Nullable Share share, boolean accepted, @Nullable Object handle) {
    if (share != null) {
      if (accepted) {
        share.returned();
      } else {
        discarded(share, RemovalReason.CAPACITY, handle);
      }
    }
    return 1;
  }

  /**
   * A release ends.
   *
   * @param settled whether {@link #keptByOwner} or {@link #offered} was reached; if not, the local
   *     pool has let go of its queue, because its owner is gone
   */
  public static void released(@Nullable Share share, int settled, @Nullable Object handle) {
    if (settled == 0 && share != null) {
      discarded(share, RemovalReason.OWNER_GONE, handle);
    }
  }

  /** A return threw: the object was back already, or was not this handle's. */
  public static void rejected(@Nullable Share share, Object handle, @Nullable Object thrown) {
    if (share != null) {
      share.rejected();
      refused(share.book(), handle, thrown);
    }
  }

  private static void refused(PoolBook book, @Nullable Object handle, @Nullable Object thrown) {
    if (BREAKER.isOpen()) {
      return;
    }
    try {
      if (thrown instanceof IllegalStateException) {
        Handles.returnedTwice(book, handle);
      } else if (thrown instanceof IllegalArgumentException) {
        Handles.returnedElsewhere(book, "the object was given back through another one's handle");
      } else if (thrown instanceof NullPointerException && isBack(handle)) {
        // Generation 1 takes the stack from a handle that another thread gave back.
        Handles.returnedTwice(book, handle);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  // Giving back to generation 1's stacks and queues.

  /** The stack asked whether the ratio refuses an object. */
  public static int refusedByRatio(
      @Nullable Share share, boolean refused, @Nullable Object handle) {
    if (refused && share != null) {
      discarded(share, RemovalReason.NOT_ADMITTED, handle);
    }
    return refused ? 1 : 0;
  }

  /**
   * A push ends.
   *
   * @param settled whether it is known what became of the object; if not, there was no room
   */
  public static void pushed(@Nullable Share share, int settled, @Nullable Object handle) {
    if (settled == 0 && share != null) {
      discarded(share, RemovalReason.CAPACITY, handle);
    }
  }

  /** Several threads give one object back at a time; the library takes it from the first alone. */
  public static int raced(@Nullable Share share, boolean won, Object handle) {
    if (!won && share != null) {
      share.rejected();
      twice(share.book(), handle);
    }
    return won ? 0 : 1;
  }

  /**
   * A thread gives back what another one borrowed, in a release that does not look whether the
   * object is back already: it takes it twice, and the next get or the one after throws.
   */
  public static void givenByOther(@Nullable Share share, @Nullable Object handle) {
    if (share != null && handle != null && isBack(handle)) {
      twice(share.book(), handle);
    }
  }

  private static boolean isBack(@Nullable Object handle) {
    return handle instanceof PooledHandle && ((PooledHandle) handle).poolwatch$state() != 0;
  }

  private static void twice(PoolBook book, Object handle) {
    if (BREAKER.isOpen()) {
      return;
    }
    try {
      Handles.returnedTwice(book, handle);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  private static void elsewhere(PoolBook book) {
    if (BREAKER.isOpen()) {
      return;
    }
    try {
      Handles.returnedElsewhere(book, "the object belongs to another Recycler");
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** The object is about to be visible to the stack's owner. */
  public static int queued(@Nullable Share share) {
    if (share != null) {
      share.returned();
    }
    return 1;
  }

  /**
   * A queue's add ends.
   *
   * @param settled whether it is known what became of the object
   * @param askedForRoom if it is not: whether room was asked for, which then was refused; before
   *     that comes the ratio
   */
  public static void added(
      @Nullable Share share, int settled, int askedForRoom, @Nullable Object handle) {
    if (settled == 0 && share != null) {
      discarded(
          share, askedForRoom == 0 ? RemovalReason.NOT_ADMITTED : RemovalReason.CAPACITY, handle);
    }
  }

  /** The owner takes an object over from a queue, unless the ratio refuses it only now. */
  public static void droppedAtTransfer(
      @Nullable Share share, boolean dropped, @Nullable Object handle) {
    if (dropped && share != null) {
      share.removedIdle(RemovalReason.NOT_ADMITTED);
      partedWith(handle);
    }
  }

  /** A return through the Recycler threw, before the handle was asked, which counts for itself. */
  public static void rejectedUnless(
      @Nullable ShareBook book, int delegated, @Nullable Object handle, @Nullable Object thrown) {
    if (delegated == 0 && book != null) {
      book.rejected();
      refused(book, handle, thrown);
    }
  }

  /** A return through the Recycler ends; it is false for another Recycler's objects. */
  public static void recycledThroughPool(
      @Nullable ShareBook book, boolean taken, @Nullable Object handle, @Nullable Object noop) {
    if (!taken && handle != noop && book != null) {
      book.rejected();
      elsewhere(book);
    }
  }

  /** A thread removed its local pool, or a return found it dead: nobody will claim what is idle. */
  public static void removed(@Nullable Share share) {
    if (share != null && !BREAKER.isOpen()) {
      try {
        share.removedAllIdle(RemovalReason.OWNER_GONE);
      } catch (Throwable failure) {
        BREAKER.failed(failure);
      }
    }
  }
}
