package io.poolwatch.guard;

import io.poolwatch.book.Companion;
import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What pools do with their objects, as far as the guard needs it. An object that is not guarded has
 * no ward, and every call here is then one read of a field. Thread-safe.
 *
 * <p>A call of the factory on an idle object is told by {@link #handling} and {@link #handled}. For
 * those of a borrow {@link #taken} is enough, and for those of a return {@link #returning}: both
 * write plainly.
 */
public final class Wards {
  private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();
  private static final AtomicInteger ROOM = new AtomicInteger();
  private static volatile int bound;

  // Plain: a thread that sees it late guards a little more or less.
  private static boolean on;

  private Wards() {}

  /** Switches the guard on, for so many objects at a time. To be called once, before any pool. */
  public static void guard(int mostObjects) {
    bound = mostObjects;
    ROOM.set(mostObjects);
    on = true;
  }

  /** Nothing is guarded any more. */
  static void stop() {
    on = false;
  }

  static boolean isOn() {
    return on;
  }

  /** How many objects are guarded now, those included whose collection was not noticed yet. */
  public static int count() {
    return bound - ROOM.get();
  }

  /** A factory made an object, and its pool will have it. */
  public static void made(PoolBook book, Life life, @Nullable Object object) {
    if (!on || object == null) {
      return;
    }
    GuardedClass kind = GuardedClass.of(object.getClass());
    if (kind.isLeft()) {
      return;
    }
    int hash = System.identityHashCode(object);
    Ward.Place place = new Ward.Place(book, life);
    Ward known = find(object, hash);
    if (known != null) {
      // Made again from what was destroyed, or on loan from another pool.
      known.place = place;
      known.free();
      life.companion(known);
      return;
    }
    if (ROOM.getAndDecrement() <= 0) {
      ROOM.incrementAndGet();
      return;
    }
    Ward ward = new Ward(object, hash, kind, place, COLLECTED);
    int cell = Guard.cellOf(hash);
    Ward first;
    do {
      first = Guard.TABLE.get(cell);
      ward.next = first;
    } while (!Guard.TABLE.compareAndSet(cell, first, ward));
    life.companion(ward);
  }

  private static @Nullable Ward find(Object object, int hash) {
    for (Ward ward = Guard.TABLE.get(Guard.cellOf(hash)); ward != null; ward = ward.next) {
      if (ward.hash == hash && ward.get() == object) {
        return ward;
      }
    }
    return null;
  }

  /** A borrow has an object, and makes it ready. */
  public static void taken(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.free();
    }
  }

  /** A return is about to have the factory look after an object. */
  public static void returning(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.returning = true;
    }
  }

  /** The pool is about to put an object among its idle ones. */
  public static void idle(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      if (life.isIdle()) {
        ward.state = Ward.IDLE;
      }
      ward.returning = false;
    }
  }

  /** The pool is about to have the factory do something to an object that is not lent. */
  public static void handling(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.handling();
    }
  }

  /** That is done. */
  public static void handled(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.handled();
    }
  }

  /** The factory destroyed an object; {@link #handling} was called before. */
  public static void gone(Life life) {
    Ward ward = of(life);
    if (ward != null) {
      ward.state = Ward.GONE;
      ward.handled();
    }
  }

  private static @Nullable Ward of(Life life) {
    Companion companion = life.companion();
    return companion == null ? null : (Ward) companion;
  }

  /** Forgets objects that were collected. To be called by one thread alone, now and then. */
  public static void forgetCollected() {
    Reference<?> each;
    while ((each = COLLECTED.poll()) != null) {
      unlink((Ward) each);
      ROOM.incrementAndGet();
    }
  }

  /** Others only ever put wards before the first one, so this needs no lock. */
  private static void unlink(Ward ward) {
    int cell = Guard.cellOf(ward.hash);
    if (Guard.TABLE.compareAndSet(cell, ward, ward.next)) {
      return;
    }
    Ward before = Guard.TABLE.get(cell);
    while (before != null && before.next != ward) {
      before = before.next;
    }
    if (before != null) {
      before.next = ward.next;
    }
  }
}
