package io.poolwatch.agent.state;

/** How long borrows or loans took, as far as they were sampled. In nanoseconds; immutable. */
public final class Quantiles {
  private final long samples;
  private final long median;
  private final long p90;
  private final long p99;
  private final long longest;

  Quantiles(DurationSketch sketch) {
    samples = sketch.samples();
    median = sketch.quantile(0.5);
    p90 = sketch.quantile(0.9);
    p99 = sketch.quantile(0.99);
    longest = sketch.longest();
  }

  /** How many were sampled; at least one. */
  public long samples() {
    return samples;
  }

  /** What half of them did not exceed, to 13 %. */
  public long median() {
    return median;
  }

  /** What nine of ten did not exceed, to 13 %. */
  public long p90() {
    return p90;
  }

  /** What 99 of 100 did not exceed, to 13 %. */
  public long p99() {
    return p99;
  }

  /** The longest one that was sampled. */
  public long longest() {
    return longest;
  }
}
