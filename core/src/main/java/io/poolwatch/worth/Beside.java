package io.poolwatch.worth;

/**
 * What one step that is part of each building allocates for its own sake: measured the first few
 * times, and wherever a building is measured, of which the least of the latest few counts. The
 * latest, since the JIT removes some of it once the step is compiled, and of a building then, too.
 * Racy on purpose; no lock, and nothing is allocated.
 */
public final class Beside {
  private static final int KEPT = 3;

  private final long[] latest = new long[KEPT];
  private int left = KEPT;
  private volatile int measured;

  /** The next time it is to be measured. */
  public void again() {
    if (left <= 0) {
      left = 1;
    }
  }

  /** The step begins on this thread. Gives a ticket for {@link #ended}, 0 mostly. */
  public long begins() {
    return left > 0 ? ticket() : Costs.NOT_MEASURED;
  }

  private static long ticket() {
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
      int count = measured;
      latest[count % KEPT] = Math.max(0, after - before - present.allocatedByReading());
      measured = count + 1 < 2 * KEPT ? count + 1 : KEPT;
    }
  }

  /** Bytes that it allocates; 0 before it was measured. */
  public long bytes() {
    int count = Math.min(measured, KEPT);
    long least = count == 0 ? 0 : Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, latest[i]);
    }
    return least;
  }
}
