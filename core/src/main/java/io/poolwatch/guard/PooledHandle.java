package io.poolwatch.guard;

import io.poolwatch.book.Share;
import io.poolwatch.book.TrackedObject;
import org.jspecify.annotations.Nullable;

/**
 * By which a pool knows one of its objects, and which knows itself whether the object is lent.
 * Woven into the handles of Netty's Recycler; the names can be no names of the library's own.
 */
public interface PooledHandle {
  /** 0 while the object is lent; anything else once it was given back. */
  int poolwatch$state();

  /** The share of the pool that the object belongs to; null if that is not watched. */
  @Nullable Share poolwatch$share();

  /** What {@link #poolwatch$tracked(TrackedObject)} left here; null if nothing did. */
  default @Nullable TrackedObject poolwatch$tracked() {
    return null;
  }

  /**
   * Takes what is to be told where the object is. It does nothing where the handle could not tell.
   */
  default void poolwatch$tracked(TrackedObject tracked) {}
}
