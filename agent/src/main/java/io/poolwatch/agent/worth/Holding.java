package io.poolwatch.agent.worth;

import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.Tally;
import io.poolwatch.worth.Worth;

/** What a pool holds of the heap, and what it gave the old generation to do. Immutable. */
final class Holding {
  private final PoolAppraisal pool;
  private final Span span;

  Holding(PoolAppraisal pool, Span span) {
    this.pool = pool;
    this.span = span;
  }

  /** The same in words. */
  String words() {
    Tally tally = pool.figures().tally();
    if (!tally.knowsUsed()) {
      return "what it holds is not known";
    }
    return "holds "
        + Figures.count(span.live)
        + " objects, "
        + Figures.count(tally.idle())
        + " of them idle"
        + (Double.isNaN(pool.size()) ? "" : bytes())
        + (tally.pending() > 0 ? "; " + Figures.count(tally.pending()) + " wait for one now" : "")
        + (span.promoted < 0 ? "" : old());
  }

  private String bytes() {
    Worth worth = pool.figures().worth();
    long all = worth.idleBytes() + worth.usedBytes();
    double built = pool.bytes() * span.live;
    return ", "
        + Figures.bytes(all)
        + ", "
        + Figures.bytes(worth.idleBytes())
        + " of it idle"
        // What an object refers to is not looked at; no more than was allocated to build it.
        + (built > 2 * all + 1
            ? " (up to " + Figures.bytes(built) + " with what they refer to)"
            : "");
  }

  private String old() {
    String about = pool.figures().tally().isTenuredEstimated() ? "about " : "";
    String words = "; " + about + Figures.count(span.promoted) + " were promoted in that time";
    if (span.promotedGone == 0) {
      return words;
    }
    return words
        + ", "
        + Figures.count(span.promotedGone)
        + " thrown away after promotion"
        + (Double.isNaN(pool.size())
            ? ", which only an old collection frees"
            : ": "
                + Figures.bytes(span.promotedGone * pool.size())
                + " at least that only an old collection frees");
  }
}
