package io.poolwatch.worth;

/**
 * What one step that is part of each building allocates for its own sake, always the same: measured
 * the first few times, of which the least counts. Racy on purpose; no lock, and nothing is
 * allocated.
 */
public final class Beside {
  private static final int FIRST = 3;

  private int left = FIRST;
  private volatile long least = Long.MAX_VALUE;

  /** The step begins on this thread. Gives a ticket for {@link #ended}, 0 mostly. */
  public long begins() {
    return left > 0 ? measured() : Costs.NOT_MEASURED;
  }

  private static long measured() {
    Meter present = Costs.meter();
    long before = present == null ? Meter.UNKNOWN : present.allocated();
    return before < 0 ? Costs.NOT_MEASURED : before + 1;
  }

  /** It has ended on this thread. */
  public void ended(long ticket) {
    if (ticket != Costs.NOT_MEASURED) {
      took(ticket - 1);
    }
  }

  private void took(long before) {
    Meter present = Costs.meter();
    long after = present == null ? Meter.UNKNOWN : present.allocated();
    if (present != null && after >= 0) {
      left--;
      least = Math.min(least, Math.max(0, after - before - present.allocatedByReading()));
    }
  }

  /** Bytes that it allocates; 0 before it was measured. */
  public long bytes() {
    long now = least;
    return now == Long.MAX_VALUE ? 0 : now;
  }
}
