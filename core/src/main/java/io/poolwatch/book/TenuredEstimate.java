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
 * <p>Where only some objects are tracked, each stands for itself and those made since the one
 * before. Promotions never fall, nor does what was removed, and {@code promotions = tenured +
 * removed} holds after each reading: where an estimate would break that, the tenured ones give way.
 */
final class TenuredEstimate {
  private static final PromotionKind[] KINDS = PromotionKind.values();

  private static final long SURE_NANOS = 1_500_000_000L;

  /** 95 of 100 cases lie within so many standard deviations. */
  private static final double Z = 1.96;

  private final long[] promotions = new long[KINDS.length];
  private long removed;
  private long freedYoung;

  private boolean looked;
  private long stamp;
  private long lookedAt;
  private long removedByPool;
  private long made;
  private long beyond;
  private double scale = 1;

  /** Objects that are garbage of any age, as the last look found. */
  private long dead;

  /** About by how much more than one object each tracked one stands for. */
  private double typicalWeight;

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
   * @param uncollected for how many objects those tracked ones stand that were not collected
   * @param live what the books say
   * @param removedSoFar what the books say of removals that are no leaks
   */
  void look(
      long now,
      long nanoTime,
      long sinceCollection,
      long uncollected,
      long live,
      long removedSoFar) {
    dead = Math.max(0, scaled(uncollected) - live);
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
  }

  /**
   * Says what was made so far; before anything else that is said of it.
   *
   * @param all what the books say: more cannot have been promoted
   * @param stoodFor for how many of them the tracked ones stand
   * @param others how many there are for which none stands, which are taken to be like these
   */
  void made(long all, long stoodFor, long others) {
    made = all;
    beyond = others;
    scale = stoodFor == 0 ? 1 : (double) (stoodFor + others) / stoodFor;
  }

  private long scaled(long count) {
    return Math.round(count * scale);
  }

  /**
   * Adds the estimate, where nobody tells what became of the tracked objects, after a {@link
   * #look}.
   *
   * @param of what the tracked ones did so far
   * @param now what they are now
   */
  void addUntold(Promotions of, TrackedNow now, long idle, long used, Tally into) {
    long live = idle + used;
    grow(of);
    long old = scaled(now.tenured());
    long gone = scaled(of.removed());
    long sure = lookedAt - firstLook >= SURE_NANOS ? garbage : Math.min(garbage, garbageBefore);
    settle(gone + Math.min(sure, old), live);
    long tenured = tenured();
    long tenuredIdle = live == 0 ? 0 : Math.round((double) tenured * idle / live);
    add(tenuredIdle, tenured - tenuredIdle, scaled(now.freeableYoung), into);

    double chance = chance(of.spreadRemoved() + now.spreadTenured(), now) + beyond;
    double fewestDead = Math.max(0, old - live);
    double mostDead = Math.min(dead, old);
    double least = old - mostDead - chance;
    double most = old - fewestDead + chance;
    into.tenuredSlack().idle.add(least - used, tenuredIdle, Math.min(most, idle));
    into.tenuredSlack().used.add(least - idle, tenured - tenuredIdle, Math.min(most, used));
    into.tenuredSlack().removed.add(gone + fewestDead - chance, removed, gone + mostDead + chance);
  }

  /**
   * Adds the estimate, where it is told what becomes of the tracked objects, and either some are
   * not tracked, or it is not known of all whether they are idle.
   *
   * <p>Their share of the tracked ones is taken for the share of the live ones, since the books
   * know how many these are.
   *
   * @param of what the tracked ones did so far
   * @param now what they are now
   */
  void addTold(Promotions of, TrackedNow now, long idle, long used, Tally into) {
    long live = idle + used;
    grow(of);
    double ratio = now.objects == 0 ? 0 : (double) live / now.objects;
    double old = now.tenured() * ratio;
    long raw = promoted() - freedYoung - Math.round(old);
    settle(raw, live);
    long tenured = tenured();
    double unsure = now.unsure * ratio;
    double unsureIdle = Math.max(0, Math.min(unsure, idle - now.idle * ratio));
    double oldUnsure = now.tenuredUnsure * ratio;
    double oldIdle = now.tenuredIdle * ratio;
    double oldIdleAll = oldIdle + (unsure == 0 ? 0 : oldUnsure * unsureIdle / unsure);
    long share = old == 0 ? 0 : Math.round(tenured * oldIdleAll / old);
    long tenuredIdle = Math.min(idle, Math.max(tenured - used, share));
    add(tenuredIdle, tenured - tenuredIdle, Math.round(now.freeableYoung * ratio), into);

    // What is known to be gone by number alone may be any of those of which no more is known.
    double dead = now.unsure == 0 ? 0 : Math.max(0, now.objects - live);
    double unsureUsed = unsure - unsureIdle;
    double chance = chanceOfShare(now.tenuredIdle, now.spreadTenuredIdle, now);
    into.tenuredSlack()
        .idle
        .add(
            oldIdle + Math.max(0, oldUnsure - dead - unsureUsed) - chance,
            tenuredIdle,
            Math.min(idle, oldIdle + Math.min(oldUnsure, unsureIdle) + chance));
    double oldUsed = now.tenuredUsed * ratio;
    chance = chanceOfShare(now.tenuredUsed, now.spreadTenuredUsed, now);
    into.tenuredSlack()
        .used
        .add(
            oldUsed + Math.max(0, oldUnsure - dead - unsureIdle) - chance,
            tenured - tenuredIdle,
            Math.min(used, oldUsed + Math.min(oldUnsure, unsureUsed) + chance));
    double part = now.objects == 0 ? 1 : (double) now.tenured() / now.objects;
    chance = chance(of.spreadRemoved() + part * part * now.spread, now) + beyond;
    into.tenuredSlack().removed.add(raw - chance, removed, raw + dead + chance);
  }

  /**
   * How far off the share of tracked objects of some kind may make their number, in 95 of 100
   * cases.
   */
  private double chanceOfShare(long some, double spread, TrackedNow now) {
    double part = now.objects == 0 ? 0 : (double) some / now.objects;
    return beyond
        + chance((1 - part) * (1 - part) * spread + part * part * (now.spread - spread), now);
  }

  /**
   * The same of a variance. A sample that has none of a kind does not show that there is none: by
   * the rule of Wilson's interval there may be four times the weight of one.
   */
  private double chance(double variance, TrackedNow now) {
    if (now.objects > 0) {
      typicalWeight = Math.max(typicalWeight / 2, now.spread / now.objects);
    }
    double half = Z / 2 * typicalWeight;
    return Z * (Math.sqrt(variance + half * half) + half);
  }

  private void grow(Promotions of) {
    for (int kind = 0; kind < promotions.length; kind++) {
      long more = scaled(of.ofKind(kind)) - promotions[kind];
      long room = made - promoted();
      promotions[kind] += Math.max(0, Math.min(more, room));
    }
    freedYoung = Math.max(freedYoung, Math.min(scaled(of.freedYoung()), tenured() + freedYoung));
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
}
