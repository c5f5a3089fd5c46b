package io.poolwatch.agent.worth;

import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.worth.Prices;
import io.poolwatch.worth.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Judges a pool by accounting: what a hit spares against what a borrow costs, both as an interval
 * of which the ends are stated with what they assume. No state.
 *
 * <p>A pool holds memory, is promoted and can be misused; so it is to be dropped if even at best it
 * saves less than half as much again as it costs at least, and kept only if it saves more than it
 * can cost. In between nothing is said but that.
 */
final class Judge {
  /** Borrows in a span below which a pool counts as idle. */
  static final long LEAST_BORROWS = 100;

  private static final double MARGIN = 1.5;

  /** Fewer objects, or fewer bytes, are not worth a word when they are too many. */
  private static final long LEAST_SPARE = 1_000;

  private static final double LEAST_SPARE_BYTES = 1 << 20;

  /** Windows of usage without which nothing is said of how many are enough. */
  private static final int LEAST_WINDOWS = 5;

  private final @Nullable Prices prices;
  private final double gcPerByte;
  private final String span;

  /**
   * A judge.
   *
   * @param prices of this JVM; null before they are known
   * @param gcPerByte pauses of young collections for each allocated byte, in nanoseconds; NaN
   *     before there was a collection
   * @param span the time between the two readings that are compared, in words
   */
  Judge(@Nullable Prices prices, double gcPerByte, String span) {
    this.prices = prices;
    this.gcPerByte = gcPerByte;
    this.span = span;
  }

  /** The verdict on what happened between two readings. */
  Verdict judge(PoolAppraisal before, PoolAppraisal now) {
    Span seen = new Span(before, now);
    Holding holding = new Holding(now, seen);
    PoolIdentity pool = now.figures().identity();
    if (seen.borrows < LEAST_BORROWS) {
      return undecided(
          pool, "idle: " + Figures.count(seen.borrows) + " borrows in " + span, holding.words());
    }
    if (seen.disabled * 2 > seen.borrows) {
      return undecided(pool, "the pool is switched off where it is borrowed from", holding.words());
    }
    Costing costing = new Costing(now, prices, gcPerByte);
    String account = costing.words(seen, span) + "; " + holding.words();
    if (seen.hits == 0) {
      return new Verdict(
          Verdict.Kind.DROP, pool, Verdict.NO_SIZE, "it served none of its borrows", account);
    }
    if (!now.figures().tally().knowsUsed()) {
      return undecided(
          pool, "it was in use before it was watched: too little is known of it", account);
    }
    if (costing.isKnown() && costing.mostSaved(seen) <= MARGIN * costing.leastPaid(seen)) {
      return new Verdict(
          Verdict.Kind.DROP,
          pool,
          Verdict.NO_SIZE,
          "building anew costs no more than borrowing",
          account);
    }
    Verdict size = size(seen, now, account);
    if (size != null) {
      return size;
    }
    if (!costing.isKnown()) {
      return undecided(pool, costing.unknown(), account);
    }
    if (costing.leastSaved(seen) < costing.mostPaid(seen)) {
      return undecided(pool, "it may save more than it costs, or less", account);
    }
    return isSizeOpen(seen, now)
        ? undecided(
            pool,
            "it saves more than it costs; how many objects are enough is not known yet",
            account)
        : new Verdict(
            Verdict.Kind.KEEP, pool, Verdict.NO_SIZE, "it saves more than it costs", account);
  }

  private static Verdict undecided(PoolIdentity pool, String why, String account) {
    return new Verdict(Verdict.Kind.UNDECIDED, pool, Verdict.NO_SIZE, why, account);
  }

  /** Whether another number may turn out to be better once it was looked at for long enough. */
  private static boolean isSizeOpen(Span seen, PoolAppraisal now) {
    return now.windows() < LEAST_WINDOWS && (isHeavy(seen.live, now) || isShort(seen));
  }

  /** Whether so many objects too many are worth a word. */
  private static boolean isHeavy(long spare, PoolAppraisal now) {
    return spare * Math.max(0, now.size()) >= LEAST_SPARE_BYTES || spare >= LEAST_SPARE;
  }

  /** Whether enough was built again that had been let go for want of room. */
  private static boolean isShort(Span seen) {
    return seen.capacity >= 10 && seen.capacity * 100 >= seen.borrows;
  }

  /** Whether another number of objects would be better; null if not. */
  private @Nullable Verdict size(Span seen, PoolAppraisal now, String account) {
    if (now.windows() < LEAST_WINDOWS) {
      return null;
    }
    long live = seen.live;
    long enough = enough(now, live);
    if (isHeavy(live - enough, now) && live >= 4 * Math.max(1, enough)) {
      return new Verdict(
          Verdict.Kind.SHRINK,
          now.figures().identity(),
          Math.max(1, enough),
          Figures.count(live)
              + " retained where "
              + Figures.count(enough)
              + (isBound(now, live) ? " were enough" : " were seen in use at most"),
          account);
    }
    long limit = now.figures().idleLimit();
    // A miss looks how many are in use; looks by the clock may miss each peak.
    long needed = Math.max(enough, now.mostAtMiss());
    if (isShort(seen) && (limit == PoolBook.UNLIMITED || needed > limit)) {
      return new Verdict(
          Verdict.Kind.GROW,
          now.figures().identity(),
          Math.max(needed, 1),
          Figures.count(seen.capacity)
              + " of "
              + Figures.count(seen.misses)
              + " misses followed objects that were let go for want of room; "
              + Figures.count(needed)
              + " at least were in use at once",
          account);
    }
    return null;
  }

  private static boolean isBound(PoolAppraisal now, long live) {
    return now.mostPossible() != Usage.UNBOUNDED && now.mostPossible() * 2 <= live;
  }

  /** How many were in use at once at most: by the bound, or by the looks where there is none. */
  private static long enough(PoolAppraisal now, long live) {
    return isBound(now, live) ? now.mostPossible() : now.mostSeen();
  }
}
