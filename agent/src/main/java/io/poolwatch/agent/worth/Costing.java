package io.poolwatch.agent.worth;

import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.worth.Prices;
import org.jspecify.annotations.Nullable;

/**
 * What one hit spares, and what one borrow costs with its return, in nanoseconds: each as an
 * interval of which the ends are stated with what they assume. Immutable.
 */
final class Costing {
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
          .append(
              Double.isNaN(gc)
                  ? "; too few young collections were seen)"
                  : "; collector included)");
    }
    if (!Double.isNaN(leastPaid)) {
      words
          .append("; costs ")
          .append(Figures.times(leastPaid, mostPaid))
          .append(" a borrow")
          .append(
              timed
                  ? " (from the fastest borrow that was timed to their mean with a return; waiting"
                      + " for objects and locks"
                      + (span.validations > 0
                          ? " and " + Figures.count(span.validations) + " validations"
                          : "")
                      + " included)"
                  : " with its return (a private pool of that kind in loops of one thread, or up to"
                      + " three times that)");
    }
    return words.toString();
  }
}
