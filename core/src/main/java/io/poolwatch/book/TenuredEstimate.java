package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import io.poolwatch.gc.PromotionKind;

/**
 * How many objects of a pool lie in the old generation, where the pool does not tell what becomes
 * of each one, or where not each one is tracked. Not thread-safe.
 *
 * <p>The births of tracked objects are known, and so is each one's promotion. Not known is which of
 * them are still the pool's: one that was thrown away stays until it is collected. How many these
 * are follows from the books: those not collected, less the live ones. Right after a collection of
 * the young generation all of them lie in the old one, because there was no young garbage left;
 * later, what was thrown away since is mixed. So the first look after a collection counts, without
 * what was removed between the two, as far as that can be told by their times.
 *
 * <p>The JVM hands over the references of what it collected a little after the collection, and
 * until then that is taken for garbage that stays. So what a look finds counts only once looks
 * {@value #SURE_NANOS} ns later did not find less, or the next collection has been.
 *
 * <p>Where only some objects are tracked, those stand for all. Promotions never fall, nor does what
 * was removed, and {@code promotions = tenured + removed} holds after each reading: where an
 * estimate would break that, the tenured ones give way.
 */
final class TenuredEstimate {
  private static final PromotionKind[] KINDS = PromotionKind.values();

  private static final long SURE_NANOS = 1_500_000_000L;

  private final long[] promotions = new long[KINDS.length];
  private long removed;
  private long freedYoung;

  private boolean looked;
  private long stamp;
  private long lookedAt;
  private long removedByPool;
  private long made;

  /** Objects that are old garbage, as the looks since the last collection found. */
  private long garbage;

  /** The same as of the collection before. */
  private long garbageBefore;

  /** When it was first looked after the last collection. */
  private long firstLook;

  /** Whether this JVM clears weak references to young objects as soon as they are garbage. */
  static boolean isPossible() {
    return !Epochs.garbageLingers();
  }

  /**
   * Looks how much garbage there is; to be called at least once after each collection, and soon.
   *
   * @param now the moment, as {@code Epochs} stamps it
   * @param nanoTime the moment, by {@link System#nanoTime}
   * @param sinceCollection how long ago the last collection was, nanoseconds; {@code
   *     Long.MAX_VALUE} if that is unknown
   * @param uncollected tracked objects that were not collected, and as many more as stand for
   * @param live what the books say
   * @param removedSoFar what the books say of removals that are no leaks
   * @param madeSoFar what the books say was made: more cannot have been promoted
   */
  void look(
      long now,
      long nanoTime,
      long sinceCollection,
      long uncollected,
      long live,
      long removedSoFar,
      long madeSoFar) {
    long dead = Math.max(0, uncollected - live);
    boolean isTold = sinceCollection != Long.MAX_VALUE;
    if (!looked || now != stamp || isTold) {
      long sinceLook = Math.max(1, nanoTime - lookedAt);
      double later = looked ? Math.min(1, (double) sinceCollection / sinceLook) : 1;
      long mixed = Math.round(Math.max(0, removedSoFar - removedByPool) * later);
      long found = Math.max(0, dead - mixed);
      if (!looked || now != stamp) {
        garbageBefore = garbage;
        firstLook = nanoTime;
      }
      // A look that came first, and did not know when the collection was, took off too much.
      garbage = looked && now == stamp ? Math.max(garbage, found) : found;
    } else {
      garbage = Math.min(garbage, dead);
    }
    looked = true;
    lookedAt = nanoTime;
    stamp = now;
    removedByPool = removedSoFar;
    made = madeSoFar;
  }

  /**
   * Adds the estimate, where nobody tells what became of the tracked objects, after a {@link
   * #look}.
   *
   * @param of what the tracked ones did so far
   * @param now what they are now
   * @param scale for how many objects each one stands
   */
  void addUntold(Promotions of, TrackedNow now, double scale, long idle, long used, Tally into) {
    long live = idle + used;
    grow(of, scale);
    long old = scaled(now.tenured(), scale);
    long sure = lookedAt - firstLook >= SURE_NANOS ? garbage : Math.min(garbage, garbageBefore);
    settle(scaled(of.removed(), scale) + Math.min(sure, old), live);
    long tenured = tenured();
    long tenuredIdle = live == 0 ? 0 : Math.round((double) tenured * idle / live);
    add(tenuredIdle, tenured - tenuredIdle, scaled(now.freeableYoung, scale), into);
  }

  /**
   * Adds the estimate, where it is told what becomes of the tracked objects, and some are not
   * tracked.
   *
   * @param of what the tracked ones did so far
   * @param now what they are now
   * @param scale for how many objects that were made each one stands
   */
  void addTold(Promotions of, TrackedNow now, double scale, long idle, long used, Tally into) {
    long live = idle + used;
    grow(of, scale);
    double share = now.objects == 0 ? 0 : Math.max(1, (double) live / now.objects);
    settle(promoted() - freedYoung - scaled(now.tenured(), share), live);
    long tenured = tenured();
    long tenuredIdle =
        now.tenured() == 0 ? 0 : Math.round((double) tenured * now.tenuredIdle / now.tenured());
    add(tenuredIdle, tenured - tenuredIdle, scaled(now.freeableYoung, share), into);
  }

  private void grow(Promotions of, double scale) {
    for (int kind = 0; kind < promotions.length; kind++) {
      long more = scaled(of.ofKind(kind), scale) - promotions[kind];
      long room = made - promoted();
      promotions[kind] += Math.max(0, Math.min(more, room));
    }
    freedYoung =
        Math.max(freedYoung, Math.min(scaled(of.freedYoung(), scale), tenured() + freedYoung));
  }

  /** Takes an estimate of what was removed, as far as all figures allow. */
  private void settle(long estimate, long live) {
    long most = tenured() + removed;
    long atLeast = Math.max(0, most - live);
    removed = Math.max(removed, Math.min(most, Math.max(atLeast, estimate)));
  }

  private long tenured() {
    return promoted() - removed - freedYoung;
  }

  private long promoted() {
    long sum = 0;
    for (long count : promotions) {
      sum += count;
    }
    return sum;
  }

  private void add(long idle, long used, long freeable, Tally into) {
    for (PromotionKind kind : KINDS) {
      into.promoted(kind, promotions[kind.ordinal()]);
    }
    into.tenured(idle, used, Math.min(freeable, idle + used));
    into.tenuredRemoved(removed, freedYoung);
    into.estimated();
  }

  /**
   * For how many objects each tracked one stands.
   *
   * @param tracked how many were tracked so far
   * @param untracked how many were not
   */
  static double scale(long tracked, long untracked) {
    return tracked == 0 ? 0 : (double) (tracked + Math.max(0, untracked)) / tracked;
  }

  static long scaled(long count, double scale) {
    return Math.round(count * scale);
  }
}
