package io.poolwatch.worth;

/**
 * What the pools of one name saved and cost so far, and what they hold. Each figure is negative, or
 * NaN, where it is not known. Immutable.
 */
public final class Worth {
  /** Nothing is known. */
  public static final Worth UNKNOWN = new Worth(-1, Double.NaN, Double.NaN, -1, -1);

  private final long allocationAvoided;
  private final double nanosSaved;
  private final double nanosPaid;
  private final long idleBytes;
  private final long usedBytes;

  /** Figures; see the accessors. */
  public Worth(
      long allocationAvoided, double nanosSaved, double nanosPaid, long idleBytes, long usedBytes) {
    this.allocationAvoided = allocationAvoided;
    this.nanosSaved = nanosSaved;
    this.nanosPaid = nanosPaid;
    this.idleBytes = idleBytes;
    this.usedBytes = usedBytes;
  }

  /** Bytes that building anew what was served would have allocated; negative if not known. */
  public long allocationAvoided() {
    return allocationAvoided;
  }

  /** Time that building it would have taken, in nanoseconds; NaN if not known. */
  public double nanosSaved() {
    return nanosSaved;
  }

  /** Time that borrowing took, with waiting and validating, in nanoseconds; NaN if not known. */
  public double nanosPaid() {
    return nanosPaid;
  }

  /** Bytes of the idle objects; negative if not known. */
  public long idleBytes() {
    return idleBytes;
  }

  /** Bytes of the lent objects; negative if not known. */
  public long usedBytes() {
    return usedBytes;
  }
}
