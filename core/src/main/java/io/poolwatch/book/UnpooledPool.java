package io.poolwatch.book;

import org.jspecify.annotations.Nullable;

/** A pool that may be served without for a while, if it is one of those that can be. */
public interface UnpooledPool {
  /**
   * Looks whether borrows of the pool can be served by plain creation as it is set up now.
   *
   * <p>May take some milliseconds, and is for the agent's thread alone.
   *
   * @return why they cannot, and what would have to be changed, in a clause; null if they can
   */
  @Nullable String whyNot();
}
