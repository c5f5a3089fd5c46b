package io.poolwatch.guard;

import io.poolwatch.book.Companion;
import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One guarded object: whether its methods may be called now. See {@link Guard} for the fields. */
final class Ward extends WeakReference<Object> implements Companion {
  /** Lent, or just made, or in the pool's hands: any call is good. */
  static final byte FREE = 0;

  /** Idle in its pool. */
  static final byte IDLE = 1;

  /** Destroyed by its pool. */
  static final byte GONE = 2;

  private static final AtomicIntegerFieldUpdater<Ward> HANDS =
      AtomicIntegerFieldUpdater.newUpdater(Ward.class, "hands");

  final int hash;
  final GuardedClass kind;

  /** The next one in the table's chain. */
  @Nullable Ward next;

  byte state;

  /** The return of the object is under way, and the factory may be at work on it. */
  boolean returning;

  /** Calls of the factory on the object that run now, other than those of a borrow or a return. */
  private volatile int hands;

  /** The pool that has the object, and its life there; they change when another pool makes it. */
  volatile Place place;

  Ward(Object object, int hash, GuardedClass kind, Place place, ReferenceQueue<Object> queue) {
    super(object, queue);
    this.hash = hash;
    this.kind = kind;
    this.place = place;
  }

  /** Whether the pool itself is at work on the object. */
  boolean isHandled() {
    return returning || hands > 0;
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

  /** The object is somebody's. A call of the factory that never told its end is over, too. */
  void free() {
    if (state != FREE) {
      state = FREE;
    }
    if (returning) {
      returning = false;
    }
    if (hands != 0) {
      hands = 0;
    }
  }

  /** In which pool an object leads which life. Immutable. */
  static final class Place {
    final PoolBook book;
    final Life life;

    Place(PoolBook book, Life life) {
      this.book = book;
      this.life = life;
    }
  }
}
