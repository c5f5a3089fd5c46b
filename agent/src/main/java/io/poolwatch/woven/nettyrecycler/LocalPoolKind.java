package io.poolwatch.woven.nettyrecycler;

import org.jspecify.annotations.Nullable;

/** How a local pool of a Recycler is reached, from 4.2.7 on; null in the field means shared. */
public enum LocalPoolKind {
  /** Through a thread local: only one thread ever borrows from it. */
  CONFINED,
  /**
   * The one static local pool, without room for anything, of all Recyclers that are switched off.
   */
  DISABLED;

  /** The kind of a local pool that was made with a capacity alone. */
  static @Nullable LocalPoolKind ofCapacity(int capacity) {
    return capacity == 0 ? DISABLED : null;
  }
}
