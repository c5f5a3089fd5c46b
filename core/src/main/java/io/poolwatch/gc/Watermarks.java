package io.poolwatch.gc;

import java.util.Arrays;

/**
 * What is known of promotion after a collection: births before the watermark are in the old
 * generation. It remembers the watermarks of the last collections. Immutable.
 */
public final class Watermarks {
  /** Collections remembered. */
  static final int REMEMBERED = 128;

  /** Nothing but what was born old is in the old generation, and no collection is known. */
  public static final Watermarks NONE =
      new Watermarks(new long[0], new long[0], new PromotionKind[0], 0);

  /** Entry i holds for moments from {@code since[i]} on, until the next one does. */
  private final long[] since;

  private final long[] marks;

  /** What kind of collection raised the mark to this one. */
  private final PromotionKind[] kinds;

  private final long settled;

  private Watermarks(long[] since, long[] marks, PromotionKind[] kinds, long settled) {
    this.since = since;
    this.marks = marks;
    this.kinds = kinds;
    this.settled = settled;
  }

  /**
   * What is known after one more collection.
   *
   * @param at from which moment on
   * @param mark births before it are promoted; one below the present watermark leaves that as it is
   * @param kind what kind of collection it was
   */
  Watermarks after(long at, long mark, PromotionKind kind) {
    int length = since.length;
    int from = length < REMEMBERED ? 0 : 1;
    int kept = length - from;
    long[] newSince = Arrays.copyOfRange(since, from, length + 1);
    long[] newMarks = Arrays.copyOfRange(marks, from, length + 1);
    PromotionKind[] newKinds = Arrays.copyOfRange(kinds, from, length + 1);
    newSince[kept] = at;
    newMarks[kept] = Math.max(mark, current());
    newKinds[kept] = kind;
    return new Watermarks(newSince, newMarks, newKinds, Math.max(settled, at));
  }

  /** The same, with all that happened up to a moment known. */
  Watermarks settledUpTo(long at) {
    return at <= settled ? this : new Watermarks(since, marks, kinds, at);
  }

  /** Births before it are in the old generation by now. */
  public long current() {
    return marks.length == 0 ? 0 : marks[marks.length - 1];
  }

  /** The last moment up to which all collections are known. */
  public long settled() {
    return settled;
  }

  /** The watermark of a moment; the oldest one remembered for moments before that. */
  long at(long moment) {
    int i = since.length - 1;
    while (i >= 0 && since[i] > moment) {
      i--;
    }
    if (i >= 0) {
      return marks[i];
    }
    return since.length < REMEMBERED ? 0 : marks[0];
  }

  /** By what kind of collection a birth passed the watermark. */
  PromotionKind kindOf(long birth) {
    int i = marks.length - 1;
    // The first entry above it has promoted it.
    while (i > 0 && marks[i - 1] > birth) {
      i--;
    }
    boolean forgotten = i == 0 && since.length == REMEMBERED;
    return i < 0 || forgotten || marks[i] <= birth ? PromotionKind.AGED : kinds[i];
  }
}
