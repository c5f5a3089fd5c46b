package io.poolwatch.guard;

import io.poolwatch.book.Companion;
import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One guarded object: where its tag is, and whether its pool is at work on it. */
final class Ward extends WeakReference<Object> implements Companion {
  private static final AtomicIntegerFieldUpdater<Ward> HANDS =
      AtomicIntegerFieldUpdater.newUpdater(Ward.class, "hands");
  private static final AtomicIntegerFieldUpdater<Ward> RACED =
      AtomicIntegerFieldUpdater.newUpdater(Ward.class, "raced");
  private static final AtomicReferenceFieldUpdater<Ward, Home> HOME =
      AtomicReferenceFieldUpdater.newUpdater(Ward.class, Home.class, "home");

  final int hash;
  final GuardedClass kind;

  /** Where its tag is; set before the ward is given away. */
  int place;

  /**
   * Which of the pool's paths may have the factory at work on the object, as {@link Wards} names
   * them. Plain, as the tag.
   */
  int path;

  /** Calls of the factory on the object that run now, other than those of a borrow or a return. */
  private volatile int hands;

  /** 1 once it was told that the object was destroyed while another path was at work on it. */
  private volatile int raced;

  /** Its pool has the object twice, and what one loan may do the other may not: not guarded. */
  private boolean shared;

  /** When somebody was first asked for a sign of life in this loan; 0 if nobody was. */
  private long asked;

  /** When the last sign of life was seen in this loan; 0 if none was. Plain, as it is rough. */
  private long seen;

  /** The pool that has the object, and its life there; they change when another pool makes it. */
  private volatile Home home;

  Ward(Object object, int hash, GuardedClass kind, Home home, ReferenceQueue<Object> queue) {
    super(object, queue);
    this.hash = hash;
    this.kind = kind;
    this.home = home;
  }

  /**
   * Where the object is at home: in the pool whose factory handed it out last, or, once that has
   * parted with it, in the one from which it had it.
   */
  Home home() {
    Home here = home;
    while (here.outer != null && here.life.isRemoved() && here.outer.isBack()) {
      HOME.compareAndSet(this, here, here.outer);
      here = home;
    }
    return here;
  }

  /** Whether it leads that life now. Not if its pool lent it to another pool's factory. */
  boolean isAtHome(Life life) {
    return home().life == life;
  }

  /** Whether the pool itself is at work on the object. */
  boolean isHandled() {
    return path != Wards.NOBODY || hands > 0;
  }

  void handling() {
    HANDS.incrementAndGet(this);
  }

  void handled() {
    int now;
    do {
      now = hands;
    } while (now > 0 && !HANDS.compareAndSet(this, now, now - 1));
  }

  /** Whether calls of its methods are to be looked at. */
  boolean isWatched() {
    return Guard.TAGS[place] == (hash | Guard.WATCHED);
  }

  void watch() {
    if (!shared) {
      Guard.TAGS[place] = hash | Guard.WATCHED;
    }
  }

  /** The pool has the object twice. */
  void share() {
    shared = true;
    free();
  }

  boolean isShared() {
    return shared;
  }

  /** Has the next call of a method leave a sign of life, though the object is lent. */
  void ask(long nowNanos) {
    if (asked == 0) {
      asked = nowNanos;
    }
    watch();
  }

  /** A method was called while the object was lent. */
  void used(long nowNanos) {
    seen = nowNanos;
    Guard.TAGS[place] = hash;
    // The return may have come in between, and its tag have been lost.
    VarHandle.fullFence();
    watchUnlessLent();
  }

  /** A pool destroyed the object. The one from which it had it may have lent it again by now. */
  void destroyed() {
    watchUnlessLent();
  }

  private void watchUnlessLent() {
    if (!home().life.isLent()) {
      watch();
    }
  }

  /** How long no sign of life was seen, in nanoseconds; negative if nobody asked. */
  long unusedFor(long nowNanos) {
    long since = seen != 0 ? seen : asked;
    return since == 0 ? -1 : nowNanos - since;
  }

  /** The object leads a new life. */
  void renew(Home next) {
    home = next.within(home);
    raced = 0;
    free();
  }

  /** Whether the caller is the first to tell of a race for this life of the object. */
  boolean tellRace() {
    return RACED.compareAndSet(this, 0, 1);
  }

  /** Whether there was a sign of life in this loan. */
  boolean wasSeen() {
    return seen != 0;
  }

  /** The object is somebody's. A call of the factory that never told its end is over, too. */
  void free() {
    Guard.TAGS[place] = hash;
    if (path != Wards.NOBODY) {
      path = Wards.NOBODY;
    }
    if (hands != 0) {
      hands = 0;
    }
    if (asked != 0) {
      asked = 0;
      seen = 0;
    }
  }

  /** In which pool an object leads which life. Immutable. */
  static final class Home {
    /** Pools that have an object from one another; of more the outermost are forgotten. */
    private static final int MOST_NESTED = 4;

    final PoolBook book;
    final Life life;

    /** No book counts that life. */
    final boolean isLoose;

    /** Of the pool that lent the object to this one's factory; null normally. */
    final @Nullable Home outer;

    /** Of an outer one, the loan by which it lent the object. */
    private final long loan;

    Home(PoolBook book, Life life, boolean isLoose) {
      this(book, life, isLoose, null, 0);
    }

    private Home(PoolBook book, Life life, boolean isLoose, @Nullable Home outer, long loan) {
      this.book = book;
      this.life = life;
      this.isLoose = isLoose;
      this.outer = outer;
      this.loan = loan;
    }

    /** The same, with those of the homes so far that have lent the object. */
    Home within(Home before) {
      Home lenders = before.lenders(before.life.loans(), book, MOST_NESTED);
      return lenders == null ? this : new Home(book, life, isLoose, lenders, 0);
    }

    private @Nullable Home lenders(long by, PoolBook butNot, int most) {
      // What knows nothing of each object does not tell when it parts with one.
      boolean lends = !isLoose && book != butNot && life.isLent() && life.loans() == by;
      int left = lends ? most - 1 : most;
      Home further = outer == null || left == 0 ? null : outer.lenders(outer.loan, butNot, left);
      return lends ? new Home(book, life, false, further, by) : further;
    }

    /** Whether the object came back from the loan to the other pool's factory. */
    boolean isBack() {
      return !life.isLent() || life.loans() != loan;
    }
  }
}
