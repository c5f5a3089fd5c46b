package io.poolwatch.gc;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Works out from the collections, told one by one and in order, which births are in the old
 * generation.
 *
 * <p>An object's age is the number of young collections that it has survived. A young collection
 * with a threshold <i>t</i> promotes what has survived at least <i>t</i> before it: all that was
 * born before the <i>t</i>-th young collection before it began. A full collection promotes all that
 * was born before it began; where it does not, for lack of room, what stays is as if it had been
 * born at that collection, since compaction resets the age.
 *
 * <p>Moments are stamps of any kind that grows with time. One thread at a time may tell; what is
 * known, and the counts, may be read by any.
 */
public final class Tenuring {
  /** No collector of HotSpot asks for more. */
  static final int HIGHEST_THRESHOLD = 15;

  /** A threshold that no object reaches. */
  public static final int PROMOTES_NOTHING = HIGHEST_THRESHOLD + 1;

  /** The beginnings of the last young collections; that of number i is at i modulo the length. */
  private final long[] begins = new long[HIGHEST_THRESHOLD + 1];

  private final AtomicLongArray counts =
      new AtomicLongArray(CollectionKind.values().length * Certainty.values().length);

  /** Young collections since ages were last reset. */
  private long youngs;

  private volatile Watermarks known = Watermarks.NONE;

  /**
   * A young collection.
   *
   * @param begin births with a smaller stamp are of objects that it met
   * @param end moments from this stamp on are after it
   * @param threshold how many young collections an object must have survived before it
   * @param certainty how well the threshold is known
   */
  public void young(long begin, long end, int threshold, Certainty certainty) {
    begins[(int) (youngs % begins.length)] = begin;
    youngs++;
    add(CollectionKind.YOUNG, certainty);
    long before = youngs - 1 - Math.max(threshold, 0);
    boolean all = before >= 0 && threshold <= HIGHEST_THRESHOLD;
    long mark = all ? begins[(int) (before % begins.length)] : 0;
    known = known.after(end, mark, PromotionKind.AGED);
  }

  /**
   * A full collection that left nothing in the young generation.
   *
   * @param begin births with a smaller stamp are of objects that it met
   * @param end moments from this stamp on are after it
   * @param certainty how well it is known that nothing was left
   */
  public void full(long begin, long end, Certainty certainty) {
    add(CollectionKind.FULL, certainty);
    known = known.after(end, begin, PromotionKind.FULL);
  }

  /** A full collection that left some objects in the young generation, nobody knows which. */
  public void fullOfUnknownResult(long end) {
    add(CollectionKind.FULL, Certainty.UNKNOWN);
    youngs = 0;
    known = known.after(end, 0, PromotionKind.FULL);
  }

  /** All collections up to a moment have been told. */
  public void settled(long at) {
    known = known.settledUpTo(at);
  }

  /** What is known by now. */
  public Watermarks known() {
    return known;
  }

  /** Collections that were told, by kind and by how well they are known. */
  public long count(CollectionKind kind, Certainty certainty) {
    return counts.get(index(kind, certainty));
  }

  private void add(CollectionKind kind, Certainty certainty) {
    counts.incrementAndGet(index(kind, certainty));
  }

  private static int index(CollectionKind kind, Certainty certainty) {
    return kind.ordinal() * Certainty.values().length + certainty.ordinal();
  }
}
