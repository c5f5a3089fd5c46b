package io.poolwatch.agent.worth;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import io.poolwatch.worth.Prices;
import io.poolwatch.worth.Usage;
import java.util.Locale;
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

  /** Loops on a machine that does other things, too, are repeated to so much. */
  private static final double LOOP_ERROR = 0.15;

  /** The library's own code may do so many times what a private pool does. */
  private static final double LIBRARY_MORE = 3;

  /** A return takes no longer than so many times a borrow on average. */
  private static final double RETURN_MOST = 1;

  /** Code that is not compiled is at most so many times slower than when it is. */
  private static final double COLD = 50;

  /** Borrows that take less are compiled, and would be of objects built anew. */
  private static final double HOT_BORROW = 1_000;

  /** Fewer objects, or fewer bytes, are not worth a word when they are too many. */
  private static final long LEAST_SPARE = 1_000;

  /** Windows of usage without which nothing is said of how many are enough. */
  private static final int LEAST_WINDOWS = 5;

  private static final double LEAST_SPARE_BYTES = 1 << 20;

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
    PoolIdentity pool = now.figures().identity();
    if (seen.borrows < LEAST_BORROWS) {
      return undecided(
          pool, "idle: " + Figures.count(seen.borrows) + " borrows in " + span, holds(now));
    }
    if (seen.disabled * 2 > seen.borrows) {
      return undecided(pool, "the pool is switched off where it is borrowed from", holds(now));
    }
    Costing costing = new Costing(now, prices, gcPerByte);
    String account = costing.words(seen, span) + "; " + holds(now);
    if (seen.hits == 0) {
      return new Verdict(
          Verdict.Kind.DROP, pool, Verdict.NO_SIZE, "it served none of its borrows", account);
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
    return costing.leastSaved(seen) >= costing.mostPaid(seen)
        ? new Verdict(
            Verdict.Kind.KEEP, pool, Verdict.NO_SIZE, "it saves more than it costs", account)
        : undecided(pool, "it may save more than it costs, or less", account);
  }

  private static Verdict undecided(PoolIdentity pool, String why, String account) {
    return new Verdict(Verdict.Kind.UNDECIDED, pool, Verdict.NO_SIZE, why, account);
  }

  /** Whether another number of objects would be better; null if not. */
  private @Nullable Verdict size(Span seen, PoolAppraisal now, String account) {
    if (now.windows() < LEAST_WINDOWS) {
      return null;
    }
    long live = seen.live;
    long enough = enough(now, live);
    long spare = live - enough;
    boolean heavy = spare * Math.max(0, now.size()) >= LEAST_SPARE_BYTES || spare >= LEAST_SPARE;
    if (heavy && live >= 4 * Math.max(1, enough)) {
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
    // What was let go for want of room, and had to be built again: no more than either.
    long ghosts = Math.min(seen.capacity, seen.misses);
    long limit = now.figures().idleLimit();
    if (ghosts >= 10
        && ghosts * 100 >= seen.borrows
        && (limit == PoolBook.UNLIMITED || enough > limit)) {
      return new Verdict(
          Verdict.Kind.GROW,
          now.figures().identity(),
          Math.max(enough, 1),
          Figures.count(ghosts)
              + " of "
              + Figures.count(seen.misses)
              + " misses followed objects that were let go for want of room; "
              + Figures.count(enough)
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

  private static String holds(PoolAppraisal now) {
    Tally tally = now.figures().tally();
    String words =
        "holds "
            + Figures.count(tally.idle() + tally.used())
            + " objects, "
            + Figures.count(tally.idle())
            + " of them idle";
    if (Double.isNaN(now.size())) {
      return words;
    }
    long all = now.figures().worth().idleBytes() + now.figures().worth().usedBytes();
    words +=
        String.format(
            Locale.ROOT,
            ", %s, %s of it idle",
            Figures.bytes(all),
            Figures.bytes(now.figures().worth().idleBytes()));
    double built = now.bytes() * (tally.idle() + tally.used());
    // What an object refers to is not looked at; no more than was allocated to build it, as built.
    return built > 2 * all + 1
        ? words + " (up to " + Figures.bytes(built) + " with what they refer to)"
        : words;
  }

  /** What happened between two readings. */
  static final class Span {
    final long borrows;
    final long hits;
    final long misses;
    final long disabled;
    final long capacity;
    final long live;

    Span(PoolAppraisal before, PoolAppraisal now) {
      Tally old = before.figures().tally();
      Tally tally = now.figures().tally();
      borrows = tally.borrowsOfPool() - old.borrowsOfPool();
      hits = tally.borrows(BorrowOutcome.HIT) - old.borrows(BorrowOutcome.HIT);
      misses = missesOfPool(tally) - missesOfPool(old);
      disabled = tally.misses(MissCause.DISABLED) - old.misses(MissCause.DISABLED);
      capacity = tally.removed(RemovalReason.CAPACITY) - old.removed(RemovalReason.CAPACITY);
      live = tally.idle() + tally.used();
    }

    private static long missesOfPool(Tally tally) {
      return tally.borrows(BorrowOutcome.MISS) - tally.misses(MissCause.EXPERIMENT);
    }
  }

  /** What one hit spares, and what one borrow costs with its return, in nanoseconds. */
  static final class Costing {
    private final PoolAppraisal pool;
    private final double gc;
    private double leastSaved = Double.NaN;
    private double mostSaved = Double.NaN;
    private double leastPaid = Double.NaN;
    private double mostPaid = Double.NaN;
    private boolean trivial;
    private boolean timed;

    Costing(PoolAppraisal pool, @Nullable Prices prices, double gcPerByte) {
      this.pool = pool;
      gc = Double.isNaN(pool.bytes()) ? Double.NaN : gcPerByte * pool.bytes();
      if (prices != null) {
        saved(prices);
        paid(prices);
      }
    }

    private void saved(Prices prices) {
      boolean weighed = pool.weighed() > 0;
      if (pool.timed() == 0) {
        return;
      }
      double allocation = weighed ? prices.allocation(pool.bytes()) : 0;
      double ofCollector = Double.isNaN(gc) ? 0 : gc;
      trivial = weighed && prices.isTrivial(pool.shortestBuilding());
      double least = (pool.shortestBuilding() - prices.clock()) / COLD;
      leastSaved = Math.max(allocation * (1 - LOOP_ERROR), trivial ? 0 : least) + ofCollector / 2;
      boolean hot = Double.isNaN(pool.meanBorrow()) || pool.fastestBorrow() < HOT_BORROW;
      mostSaved =
          (trivial && hot
                  ? allocation * (1 + LOOP_ERROR)
                  : Math.max(
                      trivial ? pool.shortestBuilding() : pool.building(),
                      allocation * (1 + LOOP_ERROR)))
              + ofCollector * 1.5;
      if (trivial && Double.isNaN(gc)) {
        mostSaved = Double.POSITIVE_INFINITY;
      }
    }

    private void paid(Prices prices) {
      if (!Double.isNaN(pool.meanBorrow())) {
        timed = true;
        leastPaid = Math.max(0, pool.fastestBorrow() - prices.clock());
        mostPaid = Math.max(0, pool.meanBorrow() - prices.clock()) * (1 + RETURN_MOST);
        return;
      }
      Double pair = prices.pair(pool.figures().system().id());
      if (pair != null) {
        leastPaid = pair * (1 - LOOP_ERROR);
        mostPaid = pair * LIBRARY_MORE;
      }
    }

    boolean isKnown() {
      return !Double.isNaN(leastSaved) && !Double.isNaN(leastPaid);
    }

    /** Why it is not. */
    String unknown() {
      if (Double.isNaN(leastSaved)) {
        return pool.loading() > 0
            ? "the only buildings seen loaded classes, which says nothing of the next one"
            : "no building was measured";
      }
      return "what a borrow costs is not known";
    }

    double leastSaved(Span span) {
      return leastSaved * span.hits;
    }

    double mostSaved(Span span) {
      return mostSaved * span.hits;
    }

    double leastPaid(Span span) {
      return leastPaid * span.borrows;
    }

    double mostPaid(Span span) {
      return mostPaid * span.borrows;
    }

    String words(Span span, String time) {
      StringBuilder words = new StringBuilder(400);
      words
          .append(Figures.count(span.hits))
          .append(" of ")
          .append(Figures.count(span.borrows))
          .append(" borrows served in ")
          .append(time);
      if (!Double.isNaN(leastSaved)) {
        words.append("; saves ");
        if (Double.isInfinite(mostSaved)) {
          words.append("at least ").append(Figures.time(leastSaved));
        } else {
          words.append(Figures.times(leastSaved, mostSaved));
        }
        words.append(" a hit");
        if (pool.weighed() > 0) {
          words.append(" and ").append(Figures.bytes(pool.bytes()));
        }
        words
            .append(
                trivial
                    ? " (an allocation of that size in loops"
                    : " (as seen in "
                        + Figures.count(pool.timed())
                        + " buildings, or a fiftieth were they compiled")
            .append(Double.isNaN(gc) ? "; no young collection was seen)" : "; collector included)");
      }
      if (!Double.isNaN(leastPaid)) {
        words
            .append("; costs ")
            .append(Figures.times(leastPaid, mostPaid))
            .append(" a borrow")
            .append(
                timed
                    ? " (from the fastest borrow that was timed to their mean with a return)"
                    : " with its return (a private pool of that kind in loops, or up to three times"
                        + " that)");
      }
      return words.toString();
    }
  }
}
