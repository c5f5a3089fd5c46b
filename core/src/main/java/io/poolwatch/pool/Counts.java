package io.poolwatch.pool;

import java.util.Arrays;

/**
 * What one pool did since it was made: an immutable snapshot.
 *
 * <p>At a quiet moment (every call on the pool has returned, and the reader knows of it) each
 * figure is exact and
 *
 * <pre>
 * gets     = hits + misses + errors
 * puts     = putsKept + putsDropped
 * putsKept = hits + collected + ownerGone + idle
 * </pre>
 *
 * While other threads are inside {@code get} or {@code put} a figure may lag behind by the calls in
 * flight; none ever falls from one snapshot to the next, but for {@link #idle}.
 */
public final class Counts {

  private final long hits;
  private final long misses;
  private final long errors;
  private final long putsKept;
  private final long collected;
  private final long ownerGone;
  private final long[] drops;

  /** The figures in a block of {@link Cells} that sums up all others. */
  Counts(long[] cells) {
    hits = cells[Cells.HIT] + cells[Cells.TAKEN];
    misses =
        cells[Cells.MISS]
            + cells[Cells.MISS_CLEARED]
            + cells[Cells.MISS_DISABLED]
            + cells[Cells.MISS_UNPOOLED];
    errors = cells[Cells.ERROR];
    putsKept = cells[Cells.PUT] + cells[Cells.SHELVED];
    collected = cells[Cells.CLEARED] + cells[Cells.COLLECTED];
    ownerGone = cells[Cells.OWNER_GONE];
    drops = Arrays.copyOfRange(cells, Cells.DROPPED, Cells.DROPPED + DropReason.values().length);
  }

  /** Calls of {@code get} that have ended: hits, misses and errors. */
  public long gets() {
    return hits + misses + errors;
  }

  /** Gets served by an object that had been put before. */
  public long hits() {
    return hits;
  }

  /** Gets for which the factory made an object: also the number of objects created. */
  public long misses() {
    return misses;
  }

  /** Gets for which the factory threw or returned null. */
  public long errors() {
    return errors;
  }

  /** Puts whose object became idle in the pool. */
  public long putsKept() {
    return putsKept;
  }

  /** Puts whose object was let go at once, for any reason. */
  public long putsDropped() {
    long sum = 0;
    for (long drop : drops) {
      sum += drop;
    }
    return sum;
  }

  /** Puts whose object was let go at once for that reason. */
  public long putsDropped(DropReason reason) {
    return drops[reason.ordinal()];
  }

  /** Idle objects let go because nobody took them for two collections of the JVM. */
  public long collected() {
    return collected;
  }

  /** Idle objects let go because the thread that kept them has ended. */
  public long ownerGone() {
    return ownerGone;
  }

  /** Objects that lie in the pool. */
  public long idle() {
    return Math.max(0, putsKept - hits - collected - ownerGone);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(160);
    text.append("gets ").append(gets());
    text.append(" = hits ").append(hits);
    text.append(" + misses ").append(misses);
    text.append(" + errors ").append(errors);
    text.append("; puts kept ").append(putsKept);
    text.append(", dropped ").append(putsDropped());
    text.append("; collected ").append(collected);
    text.append(", owner gone ").append(ownerGone);
    text.append(", idle ").append(idle());
    return text.toString();
  }
}
