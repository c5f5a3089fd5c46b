package io.poolwatch.book;

import org.jspecify.annotations.Nullable;

/** What is to be read of one thread's share of a pool, at one time. Immutable. */
public final class ShareReading {
  private final Share share;
  private final boolean confined;
  private final boolean first;
  private final long hits;
  private final long misses;
  private final long idle;
  private final long used;

  ShareReading(Share share, boolean confined, boolean first, long hits, long misses, Tally now) {
    this.share = share;
    this.confined = confined;
    this.first = first;
    this.hits = hits;
    this.misses = misses;
    idle = now.idle();
    used = now.used();
  }

  /** The share itself, to know it again by; refers to nothing of the service's. */
  public Share share() {
    return share;
  }

  /** Whether one thread alone borrows from it. */
  public boolean isConfined() {
    return confined;
  }

  /** Whether it is the first share that its pool ever had. */
  public boolean isFirst() {
    return first;
  }

  /** Borrows that were served by a pooled object. */
  public long hits() {
    return hits;
  }

  /** Borrows that made an object which can come back. */
  public long misses() {
    return misses;
  }

  /** Objects that are idle in it. */
  public long idle() {
    return idle;
  }

  /** Objects that are lent out of it. */
  public long used() {
    return used;
  }

  /** Name of the thread that borrows from it; null if that is none, or not known any more. */
  public @Nullable String ownerName() {
    return share.ownerName();
  }
}
