package io.poolwatch.book;

/** Keeps {@link TrackedObject tracked objects}, and is told what becomes of them. */
abstract class Follower {
  /** Where promotions are counted; for the ledger, under its lock. */
  abstract Promotions promotions();

  /**
   * An object was removed, and a collection that may have promoted it before is not known of yet.
   *
   * @param at the moment, as {@code Epochs} stamps it
   */
  abstract void removedUnsettled(TrackedObject object, long at);

  /**
   * A tracked object was collected. Under the ledger's lock.
   *
   * @param at a moment when it was not collected yet, as {@code Epochs} stamps it
   */
  abstract void collected(TrackedObject object, long at);

  /** Lets go of what is tracked in vain, after some were collected. Under the ledger's lock. */
  abstract void sweep();
}
