package io.poolwatch.guard;

import io.poolwatch.book.Companion;
import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import io.poolwatch.violation.Violations;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What pools do with their objects, as far as the guard needs it. An object that is not guarded has
 * no ward, and every call here is then one read of a field. Thread-safe.
 *
 * <p>A call of the factory on an idle object is told by {@link #handling} and {@link #handled}.
 * Those of a borrow lie between {@link #taken} and {@link #lent}, those of a return between {@link
 * #returning} and {@link #idle}: these write plainly.
 */
public final class Wards {
  /** No path of the pool has the factory at work on the object. */
  public static final int NOBODY = 0;

  /** A borrow makes it ready. */
  public static final int BORROW = 1;

  /** A return looks after it. */
  public static final int RETURN = 2;

  /** The evictor tests it. */
  public static final int EVICTOR = 3;

  private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();
  private static final AtomicInteger ROOM = new AtomicInteger();
  private static volatile int bound;

  // Plain: a thread that sees it late guards a little more or less.
  private static boolean on;

  private Wards() {}

  /**
   * Switches the guard on, for so many objects at a time; off if none. To be called once, before
   * any pool.
   */
  public static void guard(int mostObjects) {
    on = mostObjects > 0;
    if (on) {
      bound = mostObjects;
      ROOM.set(mostObjects);
    }
  }

  /** Whether anything is guarded; one read of a field. */
  public static boolean isOn() {
    return on;
  }

  /** How many objects are guarded now, those included whose collection was not noticed yet. */
  public static int count() {
    return bound - ROOM.get();
  }

  /**
   * A factory made an object, and its pool will have it.
   *
   * @return the life that the object leads in this pool already, idle or lent; null normally
   */
  public static @Nullable Life made(PoolBook book, Life life, @Nullable Object object) {
    return made(book, life, object, false);
  }

  /**
   * The same.
   *
   * @param isLoose whether no book counts the life
   */
  static @Nullable Life made(PoolBook book, Life life, @Nullable Object object, boolean isLoose) {
    if (!on || object == null) {
      return null;
    }
    GuardedClass kind = GuardedClass.tabled(object.getClass());
    if (kind.isLeft()) {
      return null;
    }
    int hash = System.identityHashCode(object);
    Ward.Home home = new Ward.Home(book, life, isLoose);
    Ward known = Places.find(object, hash);
    if (known != null) {
      Ward.Home before = known.home();
      if (before.book == book && before.life != life && isLive(before.life)) {
        known.share();
        return before.life;
      }
      // Made again from what was destroyed, or on loan from another pool.
      known.renew(home);
      guards(home, known);
    } else if (hash > 0 && ROOM.getAndDecrement() > 0) {
      Ward ward = new Ward(object, hash, kind, home, COLLECTED);
      if (Places.take(ward)) {
        guards(home, ward);
      } else {
        ROOM.incrementAndGet();
      }
    } else if (hash > 0) {
      ROOM.incrementAndGet();
    }
    return null;
  }

  private static void guards(Ward.Home home, Ward ward) {
    home.life.companion(ward);
    home.book.guarded();
  }

  private static boolean isLive(Life life) {
    return life.isIdle() || life.isLent();
  }

  /**
   * Whether an object that a pool says it does not have is lent by it, as far as the guard knows
   * the object. Keyed pools may forget a key of which an object is lent: seen in 2.0 and 2.11.1.
   */
  public static boolean isLent(PoolBook book, Object object) {
    Ward.Home home = homeOf(object);
    return home != null && home.book == book && home.life.isLent();
  }

  /** Whether a pool is known to have an object twice. */
  public static boolean isShared(PoolBook book, Object object) {
    Ward known = on ? Places.find(object, System.identityHashCode(object)) : null;
    return known != null && known.home().book == book && known.isShared();
  }

  /** Where an object is at home; null if it is not guarded. */
  static Ward.@Nullable Home homeOf(Object object) {
    Ward known = on ? Places.find(object, System.identityHashCode(object)) : null;
    return known == null ? null : known.home();
  }

  /** A Recycler made an object, which it knows by a {@link PooledHandle}, or may. */
  public static void recycled(Object object) {
    if (on) {
      GuardedClass.handled(object.getClass());
    }
  }

  /** A borrow has an object, and makes it ready. */
  public static void taken(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.free();
      ward.path = BORROW;
    }
  }

  /** A borrow made an object ready, or could not. */
  public static void lent(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.path = NOBODY;
    }
  }

  /** A return is about to have the factory look after an object. */
  public static void returning(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.path = RETURN;
    }
  }

  /** A pool has an object twice: it is guarded no more. */
  public static void share(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.share();
    }
  }

  /** The pool is about to put an object among its idle ones, or to part with it. */
  public static void idle(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      if (life.isIdle()) {
        // Whoever sees the tag sees that the object is idle.
        VarHandle.storeStoreFence();
        ward.watch();
      }
      ward.path = NOBODY;
    }
  }

  /** The evictor is about to have the factory do something to an object that is not lent. */
  public static void handling(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.handling();
      ward.path = EVICTOR;
    }
  }

  /** That is done. */
  public static void handled(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.path = NOBODY;
      ward.handled();
    }
  }

  /**
   * The factory is about to destroy an object.
   *
   * @return which path of the pool has the factory at work on it at the same time, as far as that
   *     is known: {@link #NOBODY} normally
   */
  public static int destroying(Life life) {
    Ward ward = of(life);
    if (ward == null) {
      return NOBODY;
    }
    ward.handling();
    return ward.path;
  }

  /** The factory destroyed an object; {@link #destroying} was called before. */
  public static void gone(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.destroyed();
      ward.handled();
    }
  }

  /**
   * Whether the caller is the first to tell that an object was destroyed while another path was at
   * work on it, which both of them may see. True if the object is not guarded.
   */
  public static boolean tellRace(Life life) {
    Ward ward = of(life);
    return ward == null || ward.tellRace();
  }

  /**
   * Asks for a sign of life of an object that is lent: its next use is noted. Costs that use some
   * hundred nanoseconds, once.
   */
  public static void ask(Life life, long nowNanos) {
    Ward ward = of(life);
    if (on && ward != null && !ward.kind.isLeft() && ward.isAtHome(life)) {
      ward.ask(nowNanos);
    }
  }

  /**
   * How long no use of a lent object was seen, in nanoseconds, as far as somebody {@linkplain #ask
   * asked}; negative if that is not known.
   */
  public static long unusedFor(Life life, long nowNanos) {
    Ward ward = of(life);
    return ward == null || ward.kind.isLeft() || !ward.isAtHome(life)
        ? -1
        : ward.unusedFor(nowNanos);
  }

  /** Whether any use of a lent object was seen since somebody asked. */
  public static boolean wasSeen(Life life) {
    Ward ward = of(life);
    return ward != null && ward.isAtHome(life) && ward.wasSeen();
  }

  private static @Nullable Ward of(Life life) {
    Companion companion = life.companion();
    return companion == null ? null : (Ward) companion;
  }

  /**
   * Forgets objects that were collected, and reports those that were lost while they were lent by a
   * pool that knows nothing of each one. To be called by one thread alone, now and then.
   */
  public static void forgetCollected() {
    Reference<?> each;
    while ((each = COLLECTED.poll()) != null) {
      Ward.Home home = ((Ward) each).home();
      if (home.isLoose && home.life.isLent()) {
        Violations.lost(home.book, home.life);
      }
      Places.leave((Ward) each);
      ROOM.incrementAndGet();
    }
  }
}
