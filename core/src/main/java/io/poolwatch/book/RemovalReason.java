package io.poolwatch.book;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a pool parted with one of its objects. Every removal has exactly one reason. */
public enum RemovalReason {
  /** No room: more idle objects than the pool keeps, or room needed for another key. */
  CAPACITY,
  /** Evicted by the pool's policy, or by a pool that shrinks. */
  EVICTED,
  /** Failed a validation. */
  INVALID,
  /** Invalidated by the user. */
  INVALIDATED,
  /** Lent for so long that the pool gave it up. */
  ABANDONED,
  /** The pool was cleared, or the collector cleared a soft or weak reference of it. */
  CLEARED,
  /** The pool was closed. */
  CLOSED,
  /** The thread, or other owner, whose share held the object is gone. */
  OWNER_GONE,
  /** The pool itself was collected with its objects. */
  POOL_GONE,
  /** Collected while lent, by a pool that does not itself hold what it lends. */
  LEAKED,
  /** Made, but never admitted to the pool (Netty's ratio). */
  NOT_ADMITTED,
  /** Made by a pool that is switched off. */
  DISABLED,
  /** Kept out of circulation, to see whether anybody still uses it. */
  QUARANTINED,
  /** Made for poolwatch's experiment, which takes nothing back. */
  EXPERIMENT,
  /**
   * The factory threw while the object was activated, passivated or validated; or the library lost
   * an idle object by its own fault.
   */
  ERROR;

  private final String label = name().toLowerCase(Locale.ROOT);

  /**
   * What a later miss is for, if an object that was parted with for this reason would have served
   * it; null where the pool ended with it, or the miss is counted otherwise.
   */
  @Nullable MissCause asCause() {
    switch (this) {
      case CAPACITY:
        return MissCause.CAPACITY;
      case EVICTED:
        return MissCause.EVICTED;
      case INVALID:
      case INVALIDATED:
        return MissCause.INVALID;
      case ABANDONED:
        return MissCause.ABANDONED;
      case CLEARED:
        return MissCause.CLEARED;
      case OWNER_GONE:
        return MissCause.OWNER_GONE;
      case NOT_ADMITTED:
        return MissCause.NOT_ADMITTED;
      case ERROR:
      case LEAKED:
        return MissCause.OTHER;
      case CLOSED:
      case POOL_GONE:
      case DISABLED:
      case QUARANTINED:
      case EXPERIMENT:
        return null;
    }
    throw new AssertionError(this);
  }

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
