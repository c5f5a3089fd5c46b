package io.poolwatch.woven.commonspool2;

import org.jspecify.annotations.Nullable;

/**
 * An object that is lent past its pool. Refers to it as strongly as the library's own record of a
 * lent object does, and is held by the pool alone.
 */
final class UnpooledLoan {
  /** In place of an object that is null. */
  private static final Object NOTHING = new Object();

  /** Whether it takes a place of those that the pool may have. */
  boolean counted;

  /** The library's record of it; null if nobody needs one. */
  @Nullable Object pooled;

  /** Where a second loan stands that is there for nothing but what it takes; negative if none. */
  int twin = -1;

  /** Null until it is lent. Volatile: who gives it back may be another thread. */
  private volatile @Nullable Object object;

  void of(@Nullable Object lent) {
    object = lent == null ? NOTHING : lent;
  }

  boolean isOf(@Nullable Object given) {
    return object == (given == null ? NOTHING : given);
  }
}
