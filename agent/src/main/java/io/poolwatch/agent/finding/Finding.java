package io.poolwatch.agent.finding;

import io.poolwatch.book.PoolIdentity;
import io.poolwatch.violation.Sighting;
import org.jspecify.annotations.Nullable;

/** A misuse that was recognised: what it is, how that is known, and what to do. Immutable. */
final class Finding {
  /** What was recognised. */
  enum Kind {
    POOL_PER_REQUEST("a pool is made anew again and again, and hardly used"),
    LONG_LIVED_IN_CLEARED_POOL(
        "the pool lets the garbage collector take what has to live long or be closed"),
    WARMED_BY_OTHER_THREAD("the pool was filled by a thread that does not borrow from it"),
    RETURNED_BY_OTHER_THREADS(
        "objects come back on other threads than they were borrowed on, and are lost by that"),
    DIRTY_RETURN("objects are given back without having been reset");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }

    /** In snake case, for the log and for the attribute. */
    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** In plain words. */
    String sentence() {
      return sentence;
    }
  }

  private final Kind kind;
  private final PoolIdentity pool;
  private final String evidence;
  private final String remedy;
  private final @Nullable Sighting seen;

  /**
   * A finding.
   *
   * @param pool under which the pool is reported
   * @param evidence figures that the reader can check
   * @param remedy the way out
   * @param seen one call that shows it, if one was kept
   */
  Finding(Kind kind, PoolIdentity pool, String evidence, String remedy, @Nullable Sighting seen) {
    this.kind = kind;
    this.pool = pool;
    this.evidence = evidence;
    this.remedy = remedy;
    this.seen = seen;
  }

  Kind kind() {
    return kind;
  }

  PoolIdentity pool() {
    return pool;
  }

  String evidence() {
    return evidence;
  }

  String remedy() {
    return remedy;
  }

  @Nullable Sighting seen() {
    return seen;
  }
}
