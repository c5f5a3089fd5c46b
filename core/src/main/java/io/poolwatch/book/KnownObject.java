package io.poolwatch.book;

import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * A tracked object of a pool that keeps nothing for each object, so that it has to be found by its
 * identity when the pool parts with it: see {@link KnownObjects}. 56 bytes each.
 */
class KnownObject extends TrackedObject {
  final int hash;

  @Nullable KnownObject sameBucket;

  KnownObject(Object object, ReferenceQueue<Object> queue, Follower follower, int weight) {
    super(object, queue, follower, weight);
    hash = System.identityHashCode(object);
  }

  @Override
  byte place(TrackedNow into) {
    byte told = super.place(into);
    if (told >= REMOVED) {
      return told;
    }
    return into.idleIsSeen() ? takeSeenIdle() ? IDLE : LENT : UNTOLD;
  }

  @Override
  boolean isKnownIdle() {
    return false;
  }

  /** One that the guard knows, too: 64 bytes each. */
  static final class Guarded extends KnownObject {
    private final Life life;

    Guarded(Object object, ReferenceQueue<Object> queue, Follower follower, int weight, Life life) {
      super(object, queue, follower, weight);
      this.life = life;
    }

    @Override
    byte place(TrackedNow into) {
      byte told = super.place(into);
      return told >= REMOVED ? told : life.isIdle() ? IDLE : LENT;
    }

    @Override
    boolean isKnownIdle() {
      return life.isIdle();
    }
  }
}
