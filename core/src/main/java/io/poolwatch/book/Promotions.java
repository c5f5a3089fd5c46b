package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import io.poolwatch.gc.PromotionKind;

/**
 * What the objects of one book did in the old generation so far: how they came into it, and what
 * became of those that the pool parted with since. Whoever reads the book counts each object once
 * for either; not thread-safe.
 */
final class Promotions {
  private static final PromotionKind[] KINDS = PromotionKind.values();

  private final long[] byKind = new long[KINDS.length];
  private long removed;
  private double spreadRemoved;
  private long freedYoung;

  /** One more object was promoted. */
  void promoted(long birth) {
    promoted(birth, 1);
  }

  /** The same of so many, for which one stands. */
  void promoted(long birth, long weight) {
    byKind[Epochs.kindOf(birth).ordinal()] += weight;
  }

  /**
   * The pool parted with an object that was promoted.
   *
   * @param isFreedYoung whether a young collection frees it nevertheless
   */
  void removed(boolean isFreedYoung) {
    removed(isFreedYoung, 1);
  }

  /** The same of so many, for which one stands. */
  void removed(boolean isFreedYoung, long weight) {
    if (isFreedYoung) {
      freedYoung += weight;
    } else {
      removed += weight;
      spreadRemoved += (double) weight * (weight - 1);
    }
  }

  /** Promoted objects, by the ordinal of the kind. */
  long ofKind(int kind) {
    return byKind[kind];
  }

  /** Promoted objects that the pool parted with. */
  long removed() {
    return removed;
  }

  /** The spread of these, as {@link TrackedNow} has it. */
  double spreadRemoved() {
    return spreadRemoved;
  }

  /** Promoted objects that the pool parted with and a young collection frees. */
  long freedYoung() {
    return freedYoung;
  }

  void addTo(Tally into) {
    for (PromotionKind kind : KINDS) {
      into.promoted(kind, byKind[kind.ordinal()]);
    }
    into.tenuredRemoved(removed, freedYoung);
  }
}
