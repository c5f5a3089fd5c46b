package io.poolwatch.book;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The book of a pool that gives each thread a share of its own, as Netty's Recycler does.
 *
 * <p>The counts lie in the {@linkplain Share shares}; what belongs to no share (borrows while the
 * pool is switched off) lies here. A share is buried when the library's local pool is collected:
 * what was idle in it is then gone with its owner, and what was lent was lost, because a lent
 * object keeps its local pool alive. Thread-safe.
 */
public final class ShareBook extends PoolBook {
  private final AtomicReference<@Nullable ShareRef> shares = new AtomicReference<>();
  private static final int NOT_OPENED = -2;
  private static final AtomicIntegerFieldUpdater<ShareBook> PLACE =
      AtomicIntegerFieldUpdater.newUpdater(ShareBook.class, "disabledPlace");

  /** Where platform threads count; see {@link ThreadCounts}. */
  private volatile int disabledPlace = NOT_OPENED;

  /** What virtual threads count. */
  private final LongAdder disabled = new LongAdder();

  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicBoolean announced = new AtomicBoolean();

  /** Plain: read at each get and return of unguarded Recyclers; seen late is seen soon enough. */
  private boolean watchesObjects;

  // Only the ledger touches these, under its lock.
  private final Tally buried = new Tally();
  private final ReturnPaths buriedPaths = new ReturnPaths();
  private boolean poolGone;

  /** A new book, of a pool that has done nothing yet. */
  public ShareBook(PoolSystem system, PoolFacts facts) {
    super(system, facts);
  }

  /** Whether {@link #announce} was called. */
  public boolean isAnnounced() {
    return announced.get();
  }

  /**
   * Registers the pool, once: when it made its first object and can be named by it.
   *
   * @param pool the pool itself; only weakly held
   * @param type the class of what it made, or null if it made null
   */
  public void announce(Object pool, @Nullable Class<?> type) {
    if (announced.compareAndSet(false, true)) {
      if (type != null) {
        facts().objectType(type);
      }
      Books.register(pool, this);
    }
  }

  /**
   * Opens the account of a share.
   *
   * @param localPool the library's own object for the share; only weakly held
   * @param confined whether only the present thread will ever borrow from it
   */
  public Share open(Object localPool, boolean confined) {
    ShareRef reference = new ShareRef(localPool, Books.queue(), new Share(this, confined));
    reference.share.localPool = reference;
    reference.share.ordinal = opened.getAndIncrement();
    ShareRef first;
    do {
      first = shares.get();
      reference.next = first;
    } while (!shares.compareAndSet(first, reference));
    return reference.share;
  }

  /** The objects of this pool are known one by one, by somebody else, from now on. */
  public void watchObjects() {
    if (!watchesObjects) {
      watchesObjects = true;
    }
  }

  /** Whether they are; one read of a field. */
  public boolean watchesObjects() {
    return watchesObjects;
  }

  /** A borrow made an object that can never come back, because the pool is switched off. */
  public void missDisabled() {
    if (!ThreadCounts.add(disabledPlace)) {
      missDisabledSlowly();
    }
  }

  private void missDisabledSlowly() {
    if (disabledPlace == NOT_OPENED) {
      int opened = ThreadCounts.open();
      if (!PLACE.compareAndSet(this, NOT_OPENED, opened)) {
        ThreadCounts.unused(opened);
      }
    }
    if (!ThreadCounts.addSlowly(disabledPlace)) {
      disabled.increment();
    }
  }

  /** A borrow failed before it reached a share. */
  public void failed() {
    failed.incrementAndGet();
  }

  /** A return was refused that reached no share. */
  public void rejected() {
    rejected.incrementAndGet();
  }

  @Override
  protected void count(Tally into) {
    into.add(buried);
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      r.share.count(into);
    }
    long never = disabled.sum() + ThreadCounts.sum(disabledPlace);
    into.miss(MissCause.DISABLED, never);
    into.removed(RemovalReason.DISABLED, never);
    into.borrow(BorrowOutcome.ERROR, failed.get());
    into.returned(ReturnOutcome.REJECTED, rejected.get());
  }

  /** How objects came back to threads' shares, over all of them. Under the ledger's lock. */
  public ReturnPaths returnPaths() {
    ReturnPaths sum = new ReturnPaths();
    sum.add(buriedPaths);
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      r.share.count(sum);
    }
    return sum;
  }

  /** Each of the shares that exist now. Under the ledger's lock. */
  public List<ShareReading> shares() {
    List<ShareReading> all = new ArrayList<>();
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      all.add(r.share.reading());
    }
    return all;
  }

  /** A share was collected. Under the ledger's lock. */
  void buryShare(ShareRef gone) {
    Tally last = new Tally();
    gone.share.count(last);
    last.bury(poolGone ? RemovalReason.POOL_GONE : RemovalReason.OWNER_GONE, RemovalReason.LEAKED);
    buried.add(last);
    gone.share.count(buriedPaths);
    gone.share.untrackAll();
    unlink(gone);
  }

  private void unlink(ShareRef gone) {
    while (true) {
      ShareRef first = shares.get();
      if (first == gone) {
        if (shares.compareAndSet(first, gone.next)) {
          return;
        }
        continue;
      }
      for (ShareRef r = first; r != null; r = r.next) {
        if (r.next == gone) {
          r.next = gone.next;
          return;
        }
      }
      return;
    }
  }

  /** Lets go of what the shares track in vain. Under the ledger's lock. */
  void sweep() {
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      r.share.sweep();
    }
  }

  /** Threads may still hold shares of a pool that is itself gone: their objects are in memory. */
  @Override
  protected boolean outlivesPool() {
    poolGone = true;
    return shares.get() != null;
  }

  @Override
  protected void bury(Tally into) {
    count(into);
    ThreadCounts.close(disabledPlace);
    into.bury(RemovalReason.POOL_GONE, RemovalReason.LEAKED);
  }

  /** The library's local pool, weakly. */
  static final class ShareRef extends WeakReference<Object> {
    final Share share;
    volatile @Nullable ShareRef next;

    ShareRef(Object localPool, ReferenceQueue<Object> queue, Share share) {
      super(localPool, queue);
      this.share = share;
    }
  }
}
