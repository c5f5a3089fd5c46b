package io.poolwatch.violation;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A stack that was seen, once however often it was: services borrow at few places. So many
 * different ones are kept; beyond that the oldest of a bucket is forgotten, by everybody who refers
 * to it. Thread-safe, without a lock.
 */
final class KeptStack {
  /** Frames kept of a stack, from its top. */
  static final int MOST_FRAMES = 32;

  private static final int WAYS = 8;
  private static final int BUCKETS = 64;

  private static final AtomicReferenceArray<@Nullable KeptStack> KEPT =
      new AtomicReferenceArray<>(BUCKETS * WAYS);

  /** Where the next one of a bucket goes; plain, because any place will do. */
  private static final byte[] NEXT = new byte[BUCKETS];

  private final int hash;
  private volatile StackTraceElement @Nullable [] frames;

  private KeptStack(int hash, StackTraceElement[] frames) {
    this.hash = hash;
    this.frames = frames;
  }

  /**
   * The stack of these frames.
   *
   * @param all a whole stack, from its top
   * @param from the first frame to keep
   */
  static KeptStack of(StackTraceElement[] all, int from) {
    StackTraceElement[] frames =
        Arrays.copyOfRange(all, from, Math.min(all.length, from + MOST_FRAMES));
    int hash = Arrays.hashCode(frames);
    int bucket = (hash ^ (hash >>> 16)) & (BUCKETS - 1);
    for (int place = bucket * WAYS; place < (bucket + 1) * WAYS; place++) {
      KeptStack kept = KEPT.get(place);
      if (kept != null && kept.hash == hash && Arrays.equals(kept.frames, frames)) {
        return kept;
      }
    }
    int way = NEXT[bucket] & (WAYS - 1);
    NEXT[bucket] = (byte) (way + 1);
    KeptStack made = new KeptStack(hash, frames);
    KeptStack forgotten = KEPT.getAndSet(bucket * WAYS + way, made);
    if (forgotten != null) {
      forgotten.frames = null;
    }
    return made;
  }

  /** A copy that nobody else knows, and that is not forgotten. */
  KeptStack own() {
    StackTraceElement[] present = frames;
    return new KeptStack(hash, present == null ? new StackTraceElement[0] : present);
  }

  /** Whether it is a stack of the same frames, as far as both are kept. */
  boolean isSame(KeptStack other) {
    StackTraceElement[] present = frames;
    return hash == other.hash && present != null && Arrays.equals(present, other.frames);
  }

  /** The frames, the top first; null if they were forgotten. */
  StackTraceElement @Nullable [] frames() {
    return frames;
  }
}
