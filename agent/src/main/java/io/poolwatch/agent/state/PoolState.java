package io.poolwatch.agent.state;

import io.poolwatch.agent.worth.Verdict;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.collapse.CollapseReading;
import org.jspecify.annotations.Nullable;

/** All that is known of the pools of one name at one moment. Immutable. */
public final class PoolState {
  private final PoolSnapshot figures;
  private final @Nullable CollapseReading collapse;
  private final @Nullable Verdict verdict;
  private final @Nullable Quantiles borrows;
  private final @Nullable Quantiles loans;
  private final @Nullable Quantiles latestBorrows;
  private final @Nullable Quantiles latestLoans;

  /**
   * A state.
   *
   * @param collapse how the hit rate is doing; null if nobody watches it
   * @param verdict on the pool's worth; null if there is none yet
   */
  public PoolState(
      PoolSnapshot figures,
      @Nullable CollapseReading collapse,
      @Nullable Verdict verdict,
      Durations durations) {
    this.figures = figures;
    this.collapse = collapse;
    this.verdict = verdict;
    borrows = durations.all(figures.identity(), DurationSamples.BORROW);
    loans = durations.all(figures.identity(), DurationSamples.LOAN);
    latestBorrows = durations.latest(figures.identity(), DurationSamples.BORROW);
    latestLoans = durations.latest(figures.identity(), DurationSamples.LOAN);
  }

  /** What was counted. */
  public PoolSnapshot figures() {
    return figures;
  }

  /** How the hit rate is doing; null if nobody watches it. */
  public @Nullable CollapseReading collapse() {
    return collapse;
  }

  /** The latest verdict on the pool's worth; null if there is none yet. */
  public @Nullable Verdict verdict() {
    return verdict;
  }

  /** How long borrows took since the start; null if none was sampled. */
  public @Nullable Quantiles borrows() {
    return borrows;
  }

  /** How long loans lasted since the start; null if none was sampled. */
  public @Nullable Quantiles loans() {
    return loans;
  }

  /** How long borrows took in the last one to two minutes; null if none was sampled. */
  public @Nullable Quantiles latestBorrows() {
    return latestBorrows;
  }

  /** How long loans lasted that ended in the last one to two minutes; null if none was sampled. */
  public @Nullable Quantiles latestLoans() {
    return latestLoans;
  }
}
