package io.poolwatch.agent.worth;

import org.jspecify.annotations.Nullable;

/**
 * Which verdict on a pool stands, and when it is to be told: not before it was judged twice in a
 * row, and not sooner than a span after the one before. That nothing is decided is told only once
 * it was so for two spans, since it mostly means that too little is known yet: how many objects are
 * enough is known after that time. One thread.
 */
final class Standing {
  private final long span;
  private @Nullable Verdict latest;
  private long since;
  private @Nullable Verdict told;
  private long toldAt;

  /**
   * Nothing stands.
   *
   * @param span the time that a verdict is about, in nanoseconds
   */
  Standing(long span) {
    this.span = span;
  }

  /** The pool was judged; gives whether this is to be told now. */
  boolean takes(Verdict verdict, long nowNanos) {
    boolean again = latest != null && latest.isLike(verdict);
    latest = verdict;
    if (!again) {
      since = nowNanos;
      return false;
    }
    boolean due =
        told == null
            ? verdict.kind() != Verdict.Kind.UNDECIDED || nowNanos - since >= 2 * span
            : !told.isLike(verdict) && nowNanos - toldAt >= span;
    if (due) {
      stands(verdict, nowNanos);
    }
    return due;
  }

  /** A verdict stands that is told now, whatever was before. */
  void stands(Verdict verdict, long nowNanos) {
    latest = verdict;
    told = verdict;
    toldAt = nowNanos;
  }

  /** The latest one; null if the pool was never judged. */
  @Nullable Verdict latest() {
    return latest;
  }
}
