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

  /** The beginnings of the last young collections; that of number i is at i modulo the length. */
  private final long[] begins = new long[HIGHEST_THRESHOLD + 1];

  private final AtomicLongArray counts = new AtomicLongArray(2 * Certainty.values().length);

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
    count(0, certainty);
    long before = youngs - 1 - Math.max(threshold, 0);
    boolean all = before >= 0 && threshold <= HIGHEST_THRESHOLD;
    long mark = all ? begins[(int) (before % begins.length)] : 0;
    known = known.after(end, mark, PromotionKind.AGED);
  }

  /**
   * A young collection whose threshold nobody has read. The larger one of its neighbours' is taken:
   * rather is a promotion seen a collection late than one that has not happened.
   *
   * @param before the threshold of the collection before it
   * @param after that of the one after it, or what the collector has chosen for that
   */
  public void youngBetween(long begin, long end, int before, int after) {
    young(begin, end, Math.max(before, after), Certainty.ESTIMATED);
  }

  /** A full collection that left nothing in the young generation. */
  public void full(long begin, long end) {
    count(1, Certainty.KNOWN);
    known = known.after(end, begin, PromotionKind.FULL);
  }

  /** A full collection that left some objects in the young generation, nobody knows which. */
  public void fullOfUnknownResult(long end) {
    count(1, Certainty.UNKNOWN);
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

  /** Young collections that were told, by how well they are known. */
  public long youngs(Certainty certainty) {
    return counts.get(index(0, certainty));
  }

  /** Full collections that were told, by how well they are known. */
  public long fulls(Certainty certainty) {
    return counts.get(index(1, certainty));
  }

  private void count(int kind, Certainty certainty) {
    counts.incrementAndGet(index(kind, certainty));
  }

  private static int index(int kind, Certainty certainty) {
    return kind * Certainty.values().length + certainty.ordinal();
  }
}
