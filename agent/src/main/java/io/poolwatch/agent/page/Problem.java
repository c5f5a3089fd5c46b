package io.poolwatch.agent.page;

import io.poolwatch.agent.state.PoolState;
import java.util.Comparator;

/** Something that is wrong with a pool, and what it costs. Immutable. */
final class Problem {
  /** What is worse than the next one whatever either costs. */
  enum Weight {
    /** Wrong results: no price makes them right. */
    BROKEN,
    /** Just now, and not as it was. */
    COLLAPSED,
    /** As it has been: a matter of cost. */
    COSTLY;

    /** In snake case. */
    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The worst first: by weight, then by time lost, by memory held, by how often it happened. */
  static final Comparator<Problem> BY_COST =
      Comparator.comparing((Problem problem) -> problem.weight)
          .thenComparing(Comparator.comparingDouble((Problem p) -> p.core).reversed())
          .thenComparing(Comparator.comparingDouble((Problem p) -> p.bytes).reversed())
          .thenComparing(Comparator.comparingLong((Problem p) -> p.times).reversed());

  private final Weight weight;
  private final PoolState pool;
  private final String kind;
  private final String title;
  private final String detail;
  private final String wayOut;
  private final double core;
  private final double bytes;
  private final long times;

  /**
   * A problem.
   *
   * @param kind in snake case, such as {@code double_return} or {@code shrink}
   * @param title in a few words
   * @param detail in a sentence
   * @param wayOut what to do
   * @param core time lost in a second, in seconds; 0 where not known
   * @param bytes memory held or made to be collected; 0 where not known
   * @param times how often it happened
   */
  Problem(
      Weight weight,
      PoolState pool,
      String kind,
      String title,
      String detail,
      String wayOut,
      double core,
      double bytes,
      long times) {
    this.weight = weight;
    this.pool = pool;
    this.kind = kind;
    this.title = title;
    this.detail = detail;
    this.wayOut = wayOut;
    this.core = Double.isNaN(core) ? 0 : core;
    this.bytes = Double.isNaN(bytes) ? 0 : bytes;
    this.times = times;
  }

  Weight weight() {
    return weight;
  }

  PoolState pool() {
    return pool;
  }

  String kind() {
    return kind;
  }

  String title() {
    return title;
  }

  String detail() {
    return detail;
  }

  String wayOut() {
    return wayOut;
  }

  /** Time lost in a second, in seconds; 0 where not known. */
  double core() {
    return core;
  }

  /** Memory held or made to be collected; 0 where not known. */
  double bytes() {
    return bytes;
  }
}
