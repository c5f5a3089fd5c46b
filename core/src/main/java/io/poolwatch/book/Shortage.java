package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Says why a pool that knows its objects had to make one for a borrow. The first that holds is the
 * cause:
 *
 * <ol>
 *   <li>the pool keeps nothing at all: {@link MissCause#DISABLED};
 *   <li>an object was removed within this very borrow: what it was removed for;
 *   <li>more objects are in use than there were at a time lately: {@link MissCause#COLD}, since no
 *       pool that was not filled ahead could have served it;
 *   <li>an object was removed under this key and not missed yet: what for;
 *   <li>other keys have idle objects: {@link MissCause#FRAGMENTED};
 *   <li>an object was removed anywhere, and not missed yet: what for;
 *   <li>{@link MissCause#OTHER}: an idle object is being tested, or lost a race.
 * </ol>
 *
 * <p>A hit pays nothing for that: what is in use is counted when a borrow misses, by looking at the
 * newest {@value #LOOKED_AT} objects, which stand for the others if there are more. Thread-safe,
 * without a lock; borrows that overlap may take each other's causes, and a cause is counted once.
 */
final class Shortage {
  static final int LOOKED_AT = 256;

  private final AtomicInteger live = new AtomicInteger();
  private final HighWater use = new HighWater();
  private final HighWater size = new HighWater();
  private final Debts debts = new Debts();

  /** Null as long as there are no keys. */
  private volatile @Nullable KnownKeys keys;

  private long untilHalved = HighWater.HALF_LIFE_NANOS;

  /** Gives a new record of a key what is known of that key, if it is. */
  void recall(KeyShare share, Object key) {
    KnownKeys known = keys;
    if (known == null) {
      known = new KnownKeys();
      keys = known;
    }
    KeyShare.Account before = known.of(key);
    if (before != null) {
      share.known(before);
    }
  }

  /** An object was made. */
  void made() {
    size.raise(live.incrementAndGet());
  }

  /** An object was found that the pool had already: so many may have been in use before. */
  void found() {
    int all = live.incrementAndGet();
    size.raise(all);
    use.raise(all);
  }

  /** An object was made without a borrow that needs it. */
  void madeAhead() {
    debts.pay();
  }

  /**
   * The pool parted with an object.
   *
   * @param cause what a later miss will be for; null if that is none of the pool's
   * @param key under which it was, or null
   */
  void parted(@Nullable MissCause cause, @Nullable KeyShare key) {
    int left = live.decrementAndGet();
    if (cause != null) {
      debts.owe(cause, size.mark() - left);
    }
    if (key != null) {
      key.parted(cause);
    }
  }

  /**
   * Why the borrow that is about to hand out a made object had to make it.
   *
   * @param newest life in the list, the made one among them
   * @param lost what an object was removed for within this borrow, or null
   * @param key that the borrow asks for; null in a pool without keys
   */
  MissCause judge(
      @Nullable Life newest, @Nullable MissCause lost, @Nullable KeyShare key, boolean keepsNone) {
    if (keepsNone) {
      return MissCause.DISABLED;
    }
    int seen = 0;
    int idle = 0;
    for (Life life = newest; life != null && seen < LOOKED_AT; life = life.next) {
      if (!life.isRemoved()) {
        seen++;
        idle += LifeWord.isIdle(life.get()) ? 1 : 0;
      }
    }
    int used =
        seen < LOOKED_AT ? seen - idle : (int) ((long) live.get() * (seen - idle) / LOOKED_AT);
    boolean cold = use.raise(used);
    if (lost != null) {
      debts.pay(lost);
      return lost;
    }
    if (cold) {
      return MissCause.COLD;
    }
    MissCause owed = key == null ? null : key.pay();
    if (owed != null) {
      debts.pay(owed);
      return owed;
    }
    if (key != null && idle > 0) {
      return MissCause.FRAGMENTED;
    }
    owed = debts.pay();
    return owed == null ? MissCause.OTHER : owed;
  }

  /** The most that were in use lately when a borrow missed. */
  int mostUsed() {
    return use.mark();
  }

  /** Some time has passed, in which so many objects were in use at least. One caller at a time. */
  void age(int used, long nanos) {
    use.decay(used, nanos);
    size.decay(live.get(), nanos);
    untilHalved -= nanos;
    if (untilHalved <= 0) {
      untilHalved = HighWater.HALF_LIFE_NANOS;
      debts.halve();
    }
  }
}
