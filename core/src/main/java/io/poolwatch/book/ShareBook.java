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
 * <p>The counts lie in the {@linkplain Share shares}; what belongs to no share (borrows while the
 * pool is switched off) lies here. A share is buried when the library's local pool is collected:
 * what was idle in it is then gone with its owner, and what was lent was lost, because a lent
 * object keeps its local pool alive. Thread-safe.
 */
public final class ShareBook extends PoolBook {
  /**
   * Removed objects that wait at most, until it is known whether a collection had promoted them;
   * what is beyond is judged by what is known.
   */
  private static final int MOST_UNSETTLED = 4096;

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

  private final AtomicReference<@Nullable Unsettled> unsettled = new AtomicReference<>();
  private final AtomicInteger unsettledCount = new AtomicInteger();

  /** Plain: written when the first object is made, of which all are alike. */
  private boolean untold;

  // Only the ledger touches these, under its lock.
  private final Tally buried = new Tally();
  private final ReturnPaths buriedPaths = new ReturnPaths();
  private final Promotions promotions = new Promotions();
  private long buriedTracked;
  private long buriedNotTracked;
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

  /**
   * An object was removed, and a collection that may have promoted it before is not known of yet.
   */
  void removedUnsettled(TrackedObject object, long at) {
    if (unsettledCount.get() < MOST_UNSETTLED) {
      unsettledCount.incrementAndGet();
      push(new Unsettled(object, at));
    }
  }

  private void push(Unsettled one) {
    Unsettled first;
    do {
      first = unsettled.get();
      one.next = first;
    } while (!unsettled.compareAndSet(first, one));
  }

  private void settle() {
    boolean waits = Epochs.isOn();
    Unsettled next;
    for (Unsettled each = unsettled.getAndSet(null); each != null; each = next) {
      next = each.next;
      if (each.object.wasTenured(each.at)) {
        each.object.removedOld(promotions);
      } else if (waits && !Epochs.isSettled(each.at)) {
        push(each);
        continue;
      }
      unsettledCount.decrementAndGet();
    }
  }

  private void countTenured(Tally books, Tally into) {
    settle();
    TrackedNow now = new TrackedNow();
    long notTracked = buriedNotTracked;
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      notTracked += r.share.notTracked();
      r.share.count(now);
    }
    if (notTracked == 0 && !untold) {
      promotions.addTo(into);
      into.tenured(now.tenuredIdle, now.tenuredUsed, now.freeableYoung);
      return;
    }
    if (untold && !TenuredEstimate.isPossible()) {
      into.tenuredUnknown();
      return;
    }
    double scale = TenuredEstimate.scale(tracked(), notTracked);
    TenuredEstimate by = look(books, scale, Long.MAX_VALUE);
    if (untold) {
      by.addUntold(promotions, now, scale, books.idle(), books.used(), into);
    } else {
      by.addTold(promotions, now, scale, books.idle(), books.used(), into);
    }
  }

  private TenuredEstimate look(Tally books, double scale, long sinceCollection) {
    TenuredEstimate by = estimate;
    if (by == null) {
      by = new TenuredEstimate();
      estimate = by;
    }
    long uncollected = 0;
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      uncollected += r.share.uncollected();
    }
    by.look(
        Epochs.now(),
        System.nanoTime(),
        sinceCollection,
        TenuredEstimate.scaled(uncollected, scale),
        books.idle() + books.used(),
        books.removed() - books.removed(RemovalReason.LEAKED),
        books.created());
    return by;
  }

  private long tracked() {
    long sum = buriedTracked;
    for (ShareRef r = shares.get(); r != null; r = r.next) {
      sum += r.share.tracked();
    }
    return sum;
  }

  @Override
  protected void collected(long sinceNanos) {
    if (untold && TenuredEstimate.isPossible()) {
      long notTracked = buriedNotTracked;
      for (ShareRef r = shares.get(); r != null; r = r.next) {
        notTracked += r.share.notTracked();
      }
      Tally books = new Tally();
      countShares(books);
      look(books, TenuredEstimate.scale(tracked(), notTracked), sinceNanos);
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
    gone.share.untrackAll(at);
    buriedTracked += gone.share.tracked();
    buriedNotTracked += gone.share.notTracked();
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
    disabled.close();
    unpooled.close();
    into.bury(RemovalReason.POOL_GONE, RemovalReason.LEAKED);
  }

  /** An object that was removed, of which it is to be decided whether it had been promoted. */
  private static final class Unsettled {
    final TrackedObject object;
    final long at;
    @Nullable Unsettled next;

    Unsettled(TrackedObject object, long at) {
      this.object = object;
      this.at = at;
    }
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
