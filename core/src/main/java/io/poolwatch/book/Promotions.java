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
  private long freedYoung;

  /** One more object was promoted. */
  void promoted(long birth) {
    byKind[Epochs.kindOf(birth).ordinal()]++;
  }

  /**
   * The pool parted with an object that was promoted.
   *
   * @param isFreedYoung whether a young collection frees it nevertheless
   */
  void removed(boolean isFreedYoung) {
    if (isFreedYoung) {
      freedYoung++;
    } else {
      removed++;
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
