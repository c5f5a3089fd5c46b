package io.poolwatch.book;

import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * A tracked object of a pool that keeps nothing for each object, so that it has to be found by its
 * identity when the pool parts with it: see {@link KnownObjects}. 64 bytes each.
 */
final class KnownObject extends TrackedObject {
  final int hash;

  @Nullable KnownObject sameBucket;

  /** The reading that last saw the object idle; only the ledger touches it, under its lock. */
  private int seenIdle;

  private final @Nullable Life life;

  /**
   * @param life says whether the object is lent; null if nobody does
   */
  KnownObject(
      Object object,
      ReferenceQueue<Object> queue,
      Follower follower,
      int weight,
      @Nullable Life life) {
    super(object, queue, follower, weight);
    hash = System.identityHashCode(object);
    this.life = life;
  }

  /**
   * A reading saw the object in its pool.
   *
   * @param reading its number, not 0
   */
  void seenIdle(int reading) {
    seenIdle = reading;
  }

  @Override
  byte place(TrackedNow into) {
    byte told = super.place(into);
    if (told >= REMOVED) {
      return told;
    }
    if (life != null) {
      return life.isIdle() ? IDLE : LENT;
    }
    if (into.reading() != 0) {
      return seenIdle == into.reading() ? IDLE : LENT;
    }
    return UNTOLD;
  }

  @Override
  boolean isKnownIdle() {
    return life != null && life.isIdle();
  }
}
