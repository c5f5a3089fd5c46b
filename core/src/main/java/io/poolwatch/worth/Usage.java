package io.poolwatch.worth;

import java.util.Arrays;

/**
 * How many objects of some pools were in use at once, by windows of time, for the last {@value
 * #WINDOWS} of them. Two figures for each: the most that any look found, which misses peaks between
 * two looks, and a bound that no peak exceeded, where there is one. The first {@value #STARTING}
 * windows are left out: in them a service starts. One thread.
 */
public final class Usage {
  /** No bound is known. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final int WINDOWS = 60;
  private static final int STARTING = 5;

  private final long[] seen = new long[WINDOWS];
  private final long[] bound = new long[WINDOWS];
  private long closed = -STARTING;
  private long windowStart;
  private boolean started;
  private long mostNow;
  private long looks;

  /** A look found so many in use. */
  public void look(long used) {
    mostNow = Math.max(mostNow, used);
    looks++;
  }

  /** Whether a window is over that began when the last one was closed. */
  public boolean isOver(long nowNanos, long windowNanos) {
    if (!started) {
      started = true;
      windowStart = nowNanos;
    }
    return nowNanos - windowStart >= windowNanos;
  }

  /**
   * Closes the present window.
   *
   * @param most no more can have been in use at once in it, or {@link #UNBOUNDED}
   */
  public void close(long nowNanos, long most) {
    if (closed >= 0) {
      seen[(int) (closed % WINDOWS)] = mostNow;
      bound[(int) (closed % WINDOWS)] = Math.max(most, mostNow);
    }
    closed++;
    windowStart = nowNanos;
    mostNow = 0;
  }

  /** Windows that are over, the first {@value #STARTING} left out, at most {@value #WINDOWS}. */
  public int windows() {
    return (int) Math.max(0, Math.min(closed, WINDOWS));
  }

  /** How often it was looked, all in all. */
  public long looks() {
    return looks;
  }

  /** The most that a look found in all these windows. */
  public long mostSeen() {
    return Arrays.stream(seen, 0, windows()).max().orElse(0);
  }

  /** What no peak exceeded in all these windows, or {@link #UNBOUNDED}. */
  public long mostPossible() {
    return Arrays.stream(bound, 0, windows()).max().orElse(UNBOUNDED);
  }
}
