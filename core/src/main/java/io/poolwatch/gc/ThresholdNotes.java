package io.poolwatch.gc;

import io.poolwatch.memory.Memory;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The tenuring thresholds that the JVM's counter held between its last collections, as far as an
 * object was born there.
 *
 * <p>Whoever is told of a collection may be told so late that the next one has changed the counter.
 * A birth is in time: the first one after a collection notes what it finds. Thread-safe.
 */
final class ThresholdNotes {
  /** Collections remembered; more than notifications ever wait for their turn. */
  private static final int REMEMBERED = 64;

  private static final int THRESHOLD_BITS = 8;
  private static final int HIGHEST = (1 << THRESHOLD_BITS) - 1;

  private final long youngAddress;
  private final long thresholdAddress;

  /** How many young collections there had been, and the threshold: in one, so never torn. */
  private final AtomicLongArray notes = new AtomicLongArray(REMEMBERED);

  /** Plain: what is noted twice is the same. */
  private long noted = -1;

  /**
   * Notes of a JVM.
   *
   * @param young where it counts young collections: an address that stays valid
   * @param threshold the same for the tenuring threshold
   */
  ThresholdNotes(long young, long threshold) {
    youngAddress = young;
    thresholdAddress = threshold;
    for (int i = 0; i < REMEMBERED; i++) {
      notes.set(i, -1);
    }
  }

  /**
   * An object is born.
   *
   * @param now the stamp of this moment
   */
  void born(long now) {
    if (now != noted) {
      note(now);
    }
  }

  private void note(long now) {
    try {
      long young = Memory.getLong(youngAddress);
      long threshold = Memory.getLong(thresholdAddress);
      // Else a collection came between the two.
      if (young == Memory.getLong(youngAddress) && threshold >= 0 && threshold <= HIGHEST) {
        notes.lazySet(place(young), young << THRESHOLD_BITS | threshold);
        noted = now;
      }
    } catch (Throwable closed) {
      noted = now;
    }
  }

  /**
   * What the counter held when there had been so many young collections; -1 if nobody has noted it,
   * or that is forgotten.
   */
  int at(long young) {
    long note = notes.get(place(young));
    return note >= 0 && note >> THRESHOLD_BITS == young ? (int) (note & HIGHEST) : -1;
  }

  private static int place(long young) {
    return (int) (young % REMEMBERED);
  }
}
