package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the books: names new pools, buries collected ones, and makes snapshots in which every
 * equation of the metric model holds.
 *
 * <p>Belongs to the agent's own threads; the lock it takes is its own, and no service's thread ever
 * comes here. {@link #tick} is to be called about once a second: it buries what was collected, and
 * closes the minute over which hit ratios are told.
 */
public final class Ledger {
  /** The name of the pool that takes what is beyond the limit on names. */
  public static final String OVERFLOW_NAME = "other";

  /** A look waits so many times as long as the one before took. */
  private static final long LOOK_SHARE = 200;

  /** Leaks that wait to be told; what is beyond is counted and not described. */
  private static final int MOST_LEAKS_KEPT = 256;

  private final List<ObjectBook.Tracked> leaks = new ArrayList<>();
  private final PoolNamer namer;
  private final int maxNames;
  private final Map<PoolIdentity, Account> accounts = new LinkedHashMap<>();
  private final Set<PoolBook> orphans = new HashSet<>();

  /** Pools whose name and attributes are not frozen yet. */
  private final Map<PoolBook, Books.PoolRef> unnamed = new LinkedHashMap<>();

  private final Origins origins = new Origins();

  private @Nullable BiConsumer<PoolBook, String> onNamed;

  /** When the queue of what was collected was emptied last, as {@link Epochs} stamps it. */
  private long emptied;

  private long ticked = System.nanoTime();
  private long minuteStart = System.nanoTime();
  private long windowNanos = 60_000_000_000L;
  private long keyWindowStart = System.nanoTime();
  private long keyWindowNanos = 10_000_000_000L;
  private long nextLook = System.nanoTime();
  private long lookTook;
  private long overflowed;

  /**
   * A ledger over all pools that are registered with {@link Books}. One a process.
   *
   * @param namer names pools, called under this ledger's lock
   * @param maxNames how many distinct names may be reported; the rest is one pool named {@value
   *     #OVERFLOW_NAME} per system
   */
  public Ledger(PoolNamer namer, int maxNames) {
    this.namer = namer;
    this.maxNames = maxNames;
    // Else it would be initialised amid a return, on a thread of the service.
    Referent.is(new WeakReference<>(this), this);
  }

  /** Does what must be done regularly; see the class comment. */
  public synchronized void tick(long nowNanos) {
    admitNew(false);
    buryCollected();
    boolean anyArmed = false;
    boolean collections = Epochs.isOn();
    long passed = nowNanos - ticked;
    ticked = nowNanos;
    for (Account account : accounts.values()) {
      if (account.isBroken()) {
        continue; // its books may be broken
      }
      for (PoolBook book : account.books()) {
        anyArmed |= book.refill(nowNanos);
        book.age(passed);
        if (collections) {
          book.collected(Long.MAX_VALUE);
        }
      }
    }
    Stacks.anyArmed(anyArmed);
    if (nowNanos - nextLook >= 0) {
      look(nowNanos);
    }
    if (nowNanos - keyWindowStart >= keyWindowNanos) {
      keyWindowStart = nowNanos;
      closeKeyWindows();
    }
    if (nowNanos - minuteStart >= 60_000_000_000L) {
      minuteStart = nowNanos;
      for (Account account : accounts.values()) {
        account.closeMinute();
      }
    }
  }

  private void closeKeyWindows() {
    for (Account account : accounts.values()) {
      for (PoolBook book : account.books()) {
        if (!account.isBroken()) {
          book.closeKeyWindow();
        }
      }
    }
  }

  /** Looks how many objects are in use, and what was saved and paid since the last look. */
  private void look(long nowNanos) {
    long start = System.nanoTime();
    for (Account account : accounts.values()) {
      if (!account.isBroken()) {
        account.look(nowNanos, windowNanos);
      }
    }
    // Reading a million objects takes long: then more rarely, so that it stays 1/200 of a core. The
    // lesser of two, because either may have had to wait for a processor.
    long took = System.nanoTime() - start;
    nextLook = nowNanos + Math.min(took, lookTook) * LOOK_SHARE;
    lookTook = took;
  }

  /**
   * Sets the length of the windows over which the most objects in use are told; by default 60 s.
   */
  public synchronized void usageWindow(long nanos) {
    windowNanos = nanos;
  }

  /** Sets the length of the windows over which distinct keys are counted; by default 10 s. */
  public synchronized void keyWindow(long nanos) {
    keyWindowNanos = nanos;
  }

  /** What is known to judge the worth of each pool that is to be reported. */
  public synchronized List<PoolAppraisal> appraisals() {
    List<PoolAppraisal> all = new ArrayList<>(accounts.size());
    for (Account account : accounts.values()) {
      if (!account.isBroken()) {
        all.add(account.appraisal());
      }
    }
    return all;
  }

  /**
   * Looks for loans that last far longer than is usual in their pool; each is told once, and once
   * more when it ended. To be called every few seconds.
   *
   * @param least how long a loan lasts at least before it is overdue, in nanoseconds
   */
  public synchronized void watchLoans(long nowNanos, long least, LateLoans late) {
    for (Account account : accounts.values()) {
      for (PoolBook book : account.books()) {
        if (book instanceof ObjectBook && !book.system().breaker().isOpen()) {
          ((ObjectBook) book).watchLoans(nowNanos, least, late);
        }
      }
    }
  }

  /**
   * Tells of each object that was collected while lent since the last call, and of which a life is
   * kept; of a great many at a time only of some. All are counted.
   */
  public synchronized void takeLeaks(BiConsumer<PoolBook, Life> lost) {
    for (ObjectBook.Tracked leak : leaks) {
      lost.accept(leak.book(), leak.life());
    }
    leaks.clear();
  }

  /**
   * To be called soon after each collection, if {@link Books#anyEstimates} or {@link
   * Epochs#lackedRoom}, when the collector's references have been queued.
   *
   * @param sinceNanos how long ago it was
   */
  public synchronized void collected(long sinceNanos) {
    buryCollected();
    for (Account account : accounts.values()) {
      for (PoolBook book : account.books()) {
        book.collected(sinceNanos);
      }
    }
    long now = System.nanoTime();
    if (Epochs.lackedRoom() && now - nextLook >= 0) {
      look(now);
    }
  }

  /** All pools that were ever seen and are to be reported, as they are now. */
  public synchronized List<PoolSnapshot> snapshot() {
    admitNew(true);
    return named();
  }

  /**
   * The same without pools that have no name yet: to be asked again and again, without naming any
   * before the type of its objects is known.
   */
  public synchronized List<PoolSnapshot> named() {
    buryCollected();
    List<PoolSnapshot> pools = new ArrayList<>(accounts.size());
    for (Account account : accounts.values()) {
      if (!account.isBroken()) {
        pools.add(account.snapshot());
      }
    }
    return Collections.unmodifiableList(pools);
  }

  /** The sums of the pools of one identity, ended ones included; null if there are none. */
  public synchronized @Nullable Tally tally(PoolIdentity identity) {
    Account account = accounts.get(identity);
    return account == null ? null : account.sum();
  }

  /**
   * The identity under which a book is reported, or null if it is not. Asking names the pool if it
   * has no name yet: who asks is about to report of it.
   */
  public synchronized @Nullable PoolIdentity identityOf(PoolBook book) {
    if (book.account == null) {
      takeNew();
      Books.PoolRef pool = unnamed.remove(book);
      if (pool != null) {
        admit(pool);
      }
    }
    return book.account == null ? null : book.account.identity();
  }

  /** What to tell, under the ledger's lock, of each pool that gets its name from now on. */
  public synchronized void onNamed(BiConsumer<PoolBook, String> told) {
    onNamed = told;
  }

  /**
   * Shows all pools that exist and are reported, each with what it is reported under. The ledger is
   * locked meanwhile.
   */
  public synchronized void visit(BiConsumer<PoolIdentity, PoolBook> visitor) {
    for (Account account : accounts.values()) {
      if (!account.isBroken()) {
        for (PoolBook book : account.books()) {
          visitor.accept(account.identity(), book);
        }
      }
    }
  }

  /**
   * How pools that are made alike came and went; of those that are to be reported. Counts all,
   * however many names are reported.
   *
   * @param oldNanos how long ago a pool that exists was made at least to count as old, nanoseconds
   */
  public synchronized List<PoolTurnover> turnovers(long oldNanos) {
    takeNew();
    countSurvivors(System.nanoTime() - oldNanos);
    return origins.turnovers(namer);
  }

  private void countSurvivors(long before) {
    if (origins.startCountingSurvivors()) {
      for (Account account : accounts.values()) {
        for (Books.PoolRef pool : account.pools()) {
          Origins.countSurvivor(pool, before);
        }
      }
      for (Books.PoolRef pool : unnamed.values()) {
        Origins.countSurvivor(pool, before);
      }
    }
  }

  /** Whether a pool was ever seen. */
  public synchronized boolean hasPools() {
    return !accounts.isEmpty() || !unnamed.isEmpty();
  }

  /** How many pools were put under {@value #OVERFLOW_NAME}. */
  public synchronized long overflowed() {
    return overflowed;
  }

  /** Takes over the pools that were registered since the last time. */
  private void takeNew() {
    Books.PoolRef pool = Books.takeNew();
    while (pool != null) {
      Books.PoolRef next = pool.next;
      // Else a pool that lives would keep the books of all that were made shortly before it.
      pool.next = null;
      pool.seen = System.nanoTime();
      if (!pool.book.isInherited()) { // it was not opened just now
        origins.opened(pool.book);
      }
      unnamed.put(pool.book, pool);
      pool = next;
    }
  }

  /**
   * Gives new pools their names.
   *
   * @param all whether also those that have not made an object yet, whose type is then never told:
   *     only when figures are about to be read
   */
  private void admitNew(boolean all) {
    takeNew();
    for (Iterator<Books.PoolRef> each = unnamed.values().iterator(); each.hasNext(); ) {
      Books.PoolRef pool = each.next();
      if (!pool.book.isUnsettled() && (all || pool.book.facts().objectClass() != null)) {
        each.remove();
        admit(pool);
      }
    }
  }

  private void buryCollected() {
    Set<Follower> toSweep = new HashSet<>();
    // What is found now was collected after that: by then it had been promoted, or it never was.
    long at = emptied;
    emptied = Epochs.now();
    Reference<?> gone;
    while ((gone = Books.pollCollected()) != null) {
      if (gone instanceof TrackedObject) {
        TrackedObject object = (TrackedObject) gone;
        if (!object.isGone()) {
          object.follower.collected(object, at);
          toSweep.add(object.follower);
        }
      } else if (gone instanceof ObjectBook.Tracked) {
        ObjectBook.Tracked object = (ObjectBook.Tracked) gone;
        if (object.collected(at) && leaks.size() < MOST_LEAKS_KEPT) {
          leaks.add(object);
        }
      } else if (gone instanceof ShareBook.ShareRef) {
        ShareBook.ShareRef share = (ShareBook.ShareRef) gone;
        share.share.book().buryShare(share, at);
      } else if (gone instanceof Books.PoolRef) {
        // It may have been made and collected since the admission above: buried first, it would be
        // admitted next time and never leave.
        takeNew();
        bury((Books.PoolRef) gone);
      }
    }
    for (Follower each : toSweep) {
      each.sweep();
    }
    for (PoolBook orphan : new ArrayList<>(orphans)) {
      if (!orphan.outlivesPool()) {
        orphans.remove(orphan);
        close(orphan);
      }
    }
  }

  private void admit(Books.PoolRef pool) {
    PoolBook book = pool.book;
    String name = namer.name(book.system(), book.facts());
    if (name == null) {
      return;
    }
    PoolIdentity identity = new PoolIdentity(name, book.system().id(), book.facts().objectClass());
    Account account = accounts.get(identity);
    if (account == null) {
      if (accounts.size() >= maxNames) {
        overflowed++;
        identity = new PoolIdentity(OVERFLOW_NAME, book.system().id(), null);
        account = accounts.get(identity);
      }
      if (account == null) {
        account = new Account(identity, book.system());
        accounts.put(identity, account);
      }
    }
    account.open(book, pool);
    book.account = account;
    if (onNamed != null) {
      onNamed.accept(book, name);
    }
  }

  private void bury(Books.PoolRef pool) {
    PoolBook book = pool.book;
    if (unnamed.remove(book) != null) {
      admit(pool);
    }
    Origins.ended(book);
    if (book.outlivesPool()) {
      orphans.add(book);
    } else {
      close(book);
    }
  }

  private static void close(PoolBook book) {
    if (book.account != null) {
      book.account.close(book);
    }
  }
}
