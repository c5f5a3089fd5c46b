package io.poolwatch.book;

import java.util.EnumSet;

/**
 * Whether borrows can be served by plain creation at all, to find out by experiment what a pool is
 * worth. Only where that is woven in do pools have its cause and its reason. Thread-safe.
 */
public final class Unpooled {
  /** Plain: written before there are pools. */
  private static boolean woven;

  private Unpooled() {}

  /** Says that it is woven in; to be called once, before any pool. */
  public static void weave() {
    woven = true;
  }

  /** What an object may be removed for: the given reasons, and the experiment if it is woven in. */
  public static EnumSet<RemovalReason> removalReasons(EnumSet<RemovalReason> others) {
    if (woven) {
      others.add(RemovalReason.EXPERIMENT);
    }
    return others;
  }

  /** What a miss may be caused by: the given causes, and the experiment if it is woven in. */
  public static EnumSet<MissCause> missCauses(EnumSet<MissCause> others) {
    if (woven) {
      others.add(MissCause.EXPERIMENT);
    }
    return others;
  }
}
