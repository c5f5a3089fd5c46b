package io.poolwatch.book;

import org.jspecify.annotations.Nullable;

/**
 * Says why a share of a pool had to make an object for a borrow. The first that holds is the cause:
 *
 * <ol>
 *   <li>more objects of the share are in use than ever, and more of the pool than lately: {@link
 *       MissCause#COLD};
 *   <li>an object of this share was thrown away and not missed yet: what for;
 *   <li>other shares of the pool have idle objects: {@link MissCause#FRAGMENTED}; or, if the
 *       threads of all those have ended, {@link MissCause#OWNER_GONE};
 *   <li>a share that is gone took objects along that were not missed yet: {@link
 *       MissCause#OWNER_GONE};
 *   <li>{@link MissCause#OTHER}.
 * </ol>
 *
 * <p>What the pool never takes back is never seen to be given back, either: it counts as in use
 * while it is made, and as thrown away at once. So of a Recycler that keeps one new object in
 * eight, the first miss is cold, and those after it are {@link MissCause#NOT_ADMITTED}.
 * Thread-safe.
 */
final class ShareShortage {
  private final Debts debts = new Debts();

  /** The most that were in use. Plain: where several threads borrow, one too few is no error. */
  private long mostUsed;

  /**
   * Why an object had to be made.
   *
   * @param used objects of the share that are in use, without the one that is made
   */
  MissCause judge(long used, Share share) {
    ShareBook book = share.book();
    if (used + 1 > mostUsed) {
      mostUsed = used + 1;
      if (book.raisesUse(share, used + 1)) {
        return MissCause.COLD;
      }
    }
    MissCause owed = debts.pay();
    if (owed != null) {
      return owed;
    }
    MissCause beside = book.idleBeside(share);
    if (beside != null) {
      return beside;
    }
    owed = book.payForGone();
    return owed == null ? MissCause.OTHER : owed;
  }

  /**
   * An object of the share was thrown away.
   *
   * @param live objects of the share that are left
   */
  void parted(@Nullable MissCause cause, long live) {
    if (cause != null) {
      debts.owe(cause, (int) Math.min(Integer.MAX_VALUE, mostUsed - live));
    }
  }

  /** The share ends, and with it who would have missed its objects: others may. */
  void end(Debts gone, int most) {
    debts.moveTo(gone, most);
  }

  void halve() {
    debts.halve();
  }
}
