package io.poolwatch.experiment;

/** What happened in the part of a turn that counts, or in several together. Immutable. */
public final class Turn {
  /** Nothing. */
  public static final Turn NONE = new Turn(0, 0, 0, 0, 0, 0, 0);

  private final long nanos;
  private final long borrows;
  private final long cpuNanos;
  private final long bytes;
  private final long collections;
  private final long pauseNanos;
  private final long promoted;

  /**
   * A turn.
   *
   * @param nanos how long it was
   * @param borrows of the pool
   * @param cpuNanos processor time of all threads that run Java code
   * @param bytes that they allocated
   * @param collections of the young generation
   * @param pauseNanos time of these
   * @param promoted bytes by which the old generation grew
   */
  public Turn(
      long nanos,
      long borrows,
      long cpuNanos,
      long bytes,
      long collections,
      long pauseNanos,
      long promoted) {
    this.nanos = nanos;
    this.borrows = borrows;
    this.cpuNanos = cpuNanos;
    this.bytes = bytes;
    this.collections = collections;
    this.pauseNanos = pauseNanos;
    this.promoted = promoted;
  }

  /** Both together. */
  public Turn plus(Turn other) {
    return new Turn(
        nanos + other.nanos,
        borrows + other.borrows,
        cpuNanos + other.cpuNanos,
        bytes + other.bytes,
        collections + other.collections,
        pauseNanos + other.pauseNanos,
        promoted + other.promoted);
  }

  /** Borrows of the pool. */
  public long borrows() {
    return borrows;
  }

  /** Collections of the young generation. */
  public long collections() {
    return collections;
  }

  /** Processor time of Java code for each borrow, in nanoseconds; NaN without borrows. */
  public double cpuPerBorrow() {
    return perBorrow(cpuNanos);
  }

  /** Bytes for each borrow; NaN without borrows. */
  public double bytesPerBorrow() {
    return perBorrow(bytes);
  }

  private double perBorrow(long what) {
    return borrows == 0 ? Double.NaN : (double) what / borrows;
  }

  /** Processors that Java code kept busy. */
  public double processors() {
    return perNano(cpuNanos);
  }

  /** The share of the time that was spent in young collections. */
  public double pauseShare() {
    return perNano(pauseNanos);
  }

  /** Bytes allocated in a second. */
  public double bytesPerSecond() {
    return perNano(bytes) * 1e9;
  }

  /** Bytes by which the old generation grew in a second. */
  public double promotedPerSecond() {
    return perNano(promoted) * 1e9;
  }

  /** Young collections in a minute. */
  public double collectionsPerMinute() {
    return perNano(collections) * 60e9;
  }

  private double perNano(long what) {
    return nanos == 0 ? 0 : (double) what / nanos;
  }
}
