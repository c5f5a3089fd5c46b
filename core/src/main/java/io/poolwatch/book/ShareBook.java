package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The book of a pool that gives each thread a share of its own, as Netty's Recycler does.
 *
 * <p>Of an {@linkplain #isInherited inherited} pool what is idle and what is lent is not known, nor
 * why a borrow missed: what came and went is counted, and nothing said of what lives.
 *
 * <p>The counts lie in the {@linkplain Share shares}; what belongs to no share (borrows while the
 * pool is switched off) lies here. A share is buried when the library's local pool is collected:
 * what was idle in it is then gone with its owner, and what was lent was lost, because a lent
 * object keeps its local pool alive. Thread-safe.
 */
public final class ShareBook extends PoolBook {
  /** Other shares that a miss looks at, for idle objects. */
  private static final int MOST_LOOKED_AT = 64;

  private final AtomicReference<@Nullable ShareRef> shares = new AtomicReference<>();
  private final HighWater use = new HighWater();

  /** What went with shares that are gone, and was not missed yet. */
  private final Debts gone = new Debts();

  private final ThreadCount disabled = new ThreadCount();
  private final ThreadCount unpooled = new ThreadCount();

  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicBoolean announced = new AtomicBoolean();

  /** Plain: read at each get and return of unguarded Recyclers; seen late is seen soon enough. */
  private boolean watchesObjects;

  private final UnsettledRemovals unsettled = new UnsettledRemovals();

  /** Null as long as no object has to be found by its identity. */
  private final AtomicReference<@Nullable KnownObjects> known = new AtomicReference<>();

  /** Plain: written when the first object is made, of which all are alike. */
  private boolean untold;

  // Only the ledger touches these, under its lock.
  private final Tally buried = new Tally();
  private final ReturnPaths buriedPaths = new ReturnPaths();
  private final Promotions promotions = new Promotions();
  private long buriedTracked;
  private long buriedNotTracked;
  private long buriedBeyond;

  /** Kept once it was needed: the counters must not fall. */
  private @Nullable TenuredEstimate estimate;

  private boolean poolGone;
  private long untilHalved = HighWater.HALF_LIFE_NANOS;
  private int liveWhenCounted;

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
   * Opens the account of a share; gives the one that is open if several threads that have the local
   * pool in common open it at once.
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
      Share present = confined ? null : find(first, localPool);
      if (present != null) {
        return present;
      }
      reference.next = first;
    } while (!shares.compareAndSet(first, reference));
    return reference.share;
  }

  private static @Nullable Share find(@Nullable ShareRef first, Object localPool) {
    for (ShareRef r = first; r != null; r = r.next) {
      if (Referent.is(r, localPool)) {
        return r.share;
      }
    }
    return null;
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
    disabled.increment();
  }

  /** A borrow was served by plain creation, and its object can never come back: an experiment. */
  public void missUnpooled() {
    unpooled.increment();
  }

  /**
   * So many objects of a share are in use, which is more than ever; whether it is more of the whole
   * pool than lately, too.
   */
  boolean raisesUse(Share share, long used) {
    long sum = used;
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      sum += r.share == share ? 0 : r.share.used();
    }
    return use.raise((int) Math.min(Integer.MAX_VALUE, sum));
  }

  /**
   * What another share's idle objects say of a miss, of the newest shares: {@link
   * MissCause#FRAGMENTED} if there are any, {@link MissCause#OWNER_GONE} if all of them lie with
   * threads that have ended, null if there are none.
   */
  @Nullable MissCause idleBeside(Share share) {
    MissCause found = null;
    int looks = 0;
    for (ShareRef r = shares.get(); r != null && looks < MOST_LOOKED_AT; r = r.next) {
      looks++;
      if (r.share != share && r.share.idle() > 0) {
        if (!r.share.isOwnerGone()) {
          return MissCause.FRAGMENTED;
        }
        found = MissCause.OWNER_GONE;
      }
    }
    return found;
  }

  /** A share is gone, or of no more use, and so are these objects of it. */
  void ended(Share share, long objects) {
    int most = use.mark() - liveWhenCounted;
    share.endShortage(gone, most);
    if (objects > 0 && most > 0) {
      gone.owe(MissCause.OWNER_GONE, (int) Math.min(objects, most), most);
    }
  }

  @Nullable MissCause payForGone() {
    return gone.pay();
  }

  @Override
  protected void age(long nanos) {
    long used = 0;
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      used += r.share.used();
    }
    use.decay((int) Math.min(Integer.MAX_VALUE, used), nanos);
    untilHalved -= nanos;
    if (untilHalved <= 0) {
      untilHalved = HighWater.HALF_LIFE_NANOS;
      gone.halve();
      for (ShareRef r = shares.get(); r != null; r = r.next) {
        r.share.halveDebts();
      }
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

  /**
   * Nobody tells what becomes of each object of this pool once it was made, so how many of them are
   * in the old generation is an estimate.
   */
  public void untold() {
    if (!untold) {
      untold = true;
      Books.estimates();
    }
  }

  /** Where promotions are counted; for the ledger, under its lock. */
  Promotions promotions() {
    return promotions;
  }

  void removedUnsettled(TrackedObject object, long at) {
    unsettled.add(object, at);
  }

  /** An object has to be found by its identity from now on. */
  void known(KnownObject object) {
    KnownObjects all = known.get();
    if (all == null) {
      known.compareAndSet(null, new KnownObjects());
      all = known.get();
    }
    if (all != null) {
      all.add(object);
    }
  }

  /** An object is collected, or no longer of interest. Under the ledger's lock. */
  void forget(TrackedObject object) {
    KnownObjects all = known.get();
    if (all != null && object instanceof KnownObject) {
      all.remove((KnownObject) object);
    }
  }

  /**
   * The pool parted with an object, which the caller still holds; does nothing unless it is known.
   */
  public void partedWith(Object object) {
    KnownObjects all = known.get();
    KnownObject found = all == null ? null : all.find(object);
    if (found != null) {
      found.removed();
    }
  }

  private void countTenured(Tally books, Tally into) {
    unsettled.settle();
    TrackedNow now = new TrackedNow();
    long notTracked = buriedNotTracked;
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      notTracked += r.share.tracked().notTracked();
      r.share.tracked().count(now);
    }
    if (estimate == null && notTracked == 0 && !untold && now.unsure == 0) {
      promotions.addTo(into);
      into.tenured(now.tenuredIdle, now.tenuredUsed, now.freeableYoung);
    } else if (untold && !TenuredEstimate.isPossible() || notTracked > 0 && tracked() == 0) {
      into.tenuredUnknown();
    } else {
      TenuredEstimate by = look(books, Long.MAX_VALUE);
      if (untold) {
        by.addUntold(promotions, now, books.idle(), books.used(), into);
      } else {
        by.addTold(promotions, now, books.idle(), books.used(), into);
      }
    }
  }

  private TenuredEstimate look(Tally books, long sinceCollection) {
    TenuredEstimate by = estimate;
    if (by == null) {
      by = new TenuredEstimate();
      estimate = by;
    }
    long uncollected = 0;
    long beyond = buriedBeyond;
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      uncollected += r.share.tracked().uncollected();
      beyond += r.share.tracked().notStoodFor();
    }
    by.made(books.created(), tracked(), beyond);
    by.look(
        Epochs.now(),
        System.nanoTime(),
        sinceCollection,
        uncollected,
        books.idle() + books.used(),
        books.removed() - books.removed(RemovalReason.LEAKED));
    return by;
  }

  private long tracked() {
    long sum = buriedTracked;
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      sum += r.share.tracked().stoodFor();
    }
    return sum;
  }

  @Override
  protected void collected(long sinceNanos) {
    if (untold && TenuredEstimate.isPossible()) {
      Tally books = new Tally();
      countShares(books);
      look(books, sinceNanos);
    }
  }

  private void countShares(Tally into) {
    into.add(buried);
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      r.share.count(into);
    }
  }

  @Override
  protected void count(Tally into) {
    Tally books = new Tally();
    countShares(books);
    liveWhenCounted = (int) Math.min(Integer.MAX_VALUE, books.idle() + books.used());
    into.add(books);
    if (isInherited()) {
      into.idleUnknown();
      into.unplaced(0); // all are the shares'
    }
    if (system().tellsBirths()) {
      countTenured(books, into);
    }
    long never = disabled.sum();
    into.miss(MissCause.DISABLED, never);
    into.removed(RemovalReason.DISABLED, never);
    long apart = unpooled.sum();
    into.miss(MissCause.EXPERIMENT, apart);
    into.removed(RemovalReason.EXPERIMENT, apart);
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

  /**
   * A share was collected. Under the ledger's lock.
   *
   * @param at a moment when it was not collected yet, as {@link Epochs} stamps it
   */
  void buryShare(ShareRef gone, long at) {
    Tally last = new Tally();
    gone.share.count(last);
    liveWhenCounted -= (int) Math.min(liveWhenCounted, last.idle());
    ended(gone.share, last.idle());
    last.bury(poolGone ? RemovalReason.POOL_GONE : RemovalReason.OWNER_GONE, RemovalReason.LEAKED);
    buried.add(last);
    gone.share.count(buriedPaths);
    TrackedObjects tracked = gone.share.tracked();
    tracked.giveUp(this, at);
    buriedTracked += tracked.stoodFor();
    buriedNotTracked += tracked.notTracked();
    buriedBeyond += tracked.notStoodFor();
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

  /** Threads may still hold shares of a pool that is itself gone: their objects are in memory. */
  @Override
  protected boolean outlivesPool() {
    poolGone = true;
    return shares.get() != null;
  }

  @Override
  protected void bury(Tally into) {
    count(into);
    disabled.close();
    unpooled.close();
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
