package io.poolwatch.agent.history;

import io.poolwatch.agent.state.PoolState;
import io.poolwatch.agent.state.Quantiles;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.Tally;

/**
 * What is remembered of a pool. A count is what happened within a slot; a level is the highest that
 * was seen in it, NaN where it was not known.
 */
public enum Series {
  BORROWS(true),
  COLD(true),
  FRAGMENTED(true),
  CAPACITY(true),
  EVICTED(true),
  INVALID(true),
  ABANDONED(true),
  CLEARED(true),
  OWNER_GONE(true),
  NOT_ADMITTED(true),
  QUARANTINE(true),
  EXPERIMENT(true),
  DISABLED(true),
  OTHER(true),
  CREATED(true),
  REMOVED(true),
  VIOLATIONS(true),
  IDLE(false),
  USED(false),
  TENURED_IDLE(false),
  TENURED_USED(false),
  /** Different keys asked for in the last window. */
  KEYS_ASKED(false),
  /** Idle objects under keys that nobody asked for in it. */
  IDLE_ELSEWHERE(false),
  /** In nanoseconds, of the last one to two minutes. */
  LOAN_MEDIAN(false),
  /** In nanoseconds, of the last one to two minutes. */
  LOAN_P99(false);

  private final boolean count;

  Series(boolean count) {
    this.count = count;
  }

  /** Whether it counts what happened, and is no level. */
  public boolean isCount() {
    return count;
  }

  /** Misses of a cause. */
  public static Series of(MissCause cause) {
    return valueOf(cause.name());
  }

  /** The present value, of a count since the start. */
  double valueIn(PoolState state) {
    PoolSnapshot pool = state.figures();
    Tally tally = pool.tally();
    switch (this) {
      case BORROWS:
        return tally.borrows();
      case CREATED:
        return tally.created();
      case REMOVED:
        return tally.removed();
      case VIOLATIONS:
        return tally.violations();
      case IDLE:
        return tally.knowsIdle() ? tally.idle() : Double.NaN;
      case USED:
        return tally.knowsUsed() ? tally.used() : Double.NaN;
      case TENURED_IDLE:
        return pool.knowsTenured() ? tally.tenuredIdle() : Double.NaN;
      case TENURED_USED:
        return pool.knowsTenured() ? tally.tenuredUsed() : Double.NaN;
      case KEYS_ASKED:
        return tally.hasKeys() ? tally.keysAsked() : Double.NaN;
      case IDLE_ELSEWHERE:
        return tally.hasKeys() ? tally.idleElsewhere() : Double.NaN;
      case LOAN_MEDIAN:
        return ofLoans(state, true);
      case LOAN_P99:
        return ofLoans(state, false);
      default:
        return tally.misses(MissCause.valueOf(name()));
    }
  }

  private static double ofLoans(PoolState state, boolean median) {
    Quantiles loans = state.latestLoans();
    return loans == null ? Double.NaN : median ? loans.median() : loans.p99();
  }
}
