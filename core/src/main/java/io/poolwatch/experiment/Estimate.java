package io.poolwatch.experiment;

/**
 * What a borrow without the pool costs more than one with it, in nanoseconds of processor time:
 * negative if it costs less. With an interval. Immutable.
 */
public final class Estimate {
  /** An effect is known well enough when its interval reaches so far on either side of it. */
  private static final double PRECISE = 0.2;

  private final int blocks;
  private final double difference;
  private final double error;
  private final double bytes;
  private final double ofCollector;
  private final double ofCounting;
  private final double upwards;

  /**
   * An estimate.
   *
   * @param blocks from how many
   * @param bytes that are allocated a borrow more, negative if less
   * @param ofCollector how much of the difference is the collector's
   * @param ofCounting what counting takes, which is no part of the difference
   * @param error how far the interval reaches on either side
   * @param upwards how much further it reaches upwards, since something is not known; infinite if
   *     nothing is
   */
  Estimate(
      int blocks,
      double difference,
      double bytes,
      double ofCollector,
      double ofCounting,
      double error,
      double upwards) {
    this.blocks = blocks;
    this.difference = difference;
    this.bytes = bytes;
    this.ofCollector = ofCollector;
    this.ofCounting = ofCounting;
    this.error = error;
    this.upwards = upwards;
  }

  /** Blocks that it is from. */
  public int blocks() {
    return blocks;
  }

  /** The estimate itself. */
  public double difference() {
    return difference;
  }

  /** Bytes that are allocated a borrow more, without those of the counting; negative if less. */
  public double bytes() {
    return bytes;
  }

  /** How much of it is the collector's; 0 if that is not known. */
  public double ofCollector() {
    return ofCollector;
  }

  /** What counting takes a borrow more without the pool; it was taken off. */
  public double ofCounting() {
    return ofCounting;
  }

  /** The lower end of the interval. */
  public double least() {
    return difference - error;
  }

  /** The upper end of the interval; infinite if too few collections were seen. */
  public double most() {
    return difference + error + upwards;
  }

  /** Whether building anew is the dearer way beyond doubt. */
  public boolean isDearer() {
    return least() > 0;
  }

  /** Whether building anew is the cheaper way beyond doubt. */
  public boolean isCheaper() {
    return most() < 0;
  }

  /** Whether the size of the effect is known, and not only its sign. */
  public boolean isPrecise() {
    return error + (Double.isInfinite(upwards) ? 0 : upwards) <= PRECISE * Math.abs(difference);
  }
}
