package io.poolwatch.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the turns of the arms, block by block. One thread.
 *
 * <p><b>The estimate.</b> Each block of turns, two of each arm, gives one difference between what
 * its turns without the pool and its turns with it took a borrow: in processor time of Java code,
 * and in bytes. The estimate is the mean over the blocks, its interval Student's t from their
 * spread. So nothing is assumed of the noise within a block but that it falls on all arms alike.
 *
 * <p><b>Counting</b> takes time and bytes in either arm, which is not what is asked for. With three
 * arms a block tells how much it is without the pool: by as much as to count twice takes more than
 * to count once. That code runs beside the service's, and may take no time at first or twice as
 * much; the bytes are the same each time. What is not seen so has to be said.
 *
 * <p><b>The collector</b> runs when some borrow happens to fill the young generation, so what its
 * threads take in one turn says little. What they took all in all is spread over all bytes that
 * were allocated meanwhile, and a byte more costs as much as those did. That holds the better the
 * more collections were seen.
 *
 * <p><b>Looks.</b> Who looks after each block and stops at the first clear one is wrong more often
 * than each look is. So there are {@value #MOST_LOOKS} looks, each at 1.25 %: where the two arms do
 * not differ, a difference is told in one of twenty experiments at most.
 */
public final class Comparison {
  private static final int MOST_LOOKS = 4;

  /** After how many blocks it is looked, and Student's t at 99.375 % for them. */
  private static final int[] LOOKS = {6, 12, 24, 48};

  private static final double[] T = {3.810, 2.981, 2.710, 2.597};

  /** Blocks with fewer borrows in either arm say nothing. */
  private static final long LEAST_BORROWS = 50;

  /** Collections below which nothing is known of what a byte costs. */
  private static final long LEAST_COLLECTIONS = 3;

  /** The JVM tells its processor time to a hundredth of a second, at either end. */
  private static final double TICKS_NANOS = 20e6;

  private final List<Turn[]> blocks = new ArrayList<>();
  private final Turn[] arms;
  private Turn[] open;
  private int turns;
  private int idle;
  private long collectorLeast;
  private long collectorMost;
  private long bytes;
  private long collections;
  private double ownLeast;
  private double ownMost;
  private @Nullable Estimate looked;

  /**
   * A comparison.
   *
   * @param arms how many take part: the first two, or all three
   */
  public Comparison(int arms) {
    this.arms = nothing(arms);
    open = nothing(arms);
  }

  private static Turn[] nothing(int arms) {
    Turn[] nothing = new Turn[arms];
    Arrays.fill(nothing, Turn.NONE);
    return nothing;
  }

  /** A turn is over. They come in the order of {@link Arm#ofTurn}, from a block's first on. */
  public void add(Turn turn) {
    int arm = Arm.ofTurn(turns, arms.length).ordinal();
    open[arm] = open[arm].plus(turn);
    turns++;
    if (isBlockOver()) {
      close();
    }
  }

  private boolean isBlockOver() {
    return turns % Arm.turns(arms.length) == 0;
  }

  private void close() {
    long least = Long.MAX_VALUE;
    for (Turn each : open) {
      least = Math.min(least, each.borrows());
    }
    if (least < LEAST_BORROWS) {
      idle++;
    } else {
      blocks.add(open);
      for (int arm = 0; arm < arms.length; arm++) {
        arms[arm] = arms[arm].plus(open[arm]);
      }
    }
    open = nothing(arms.length);
  }

  /**
   * Says what the counting itself takes a borrow more in turns without the pool, in nanoseconds,
   * negative if less, beyond what a third arm shows: the middle is taken off, and the interval is
   * the wider for the rest.
   */
  public void own(double least, double most) {
    ownLeast = least;
    ownMost = most;
  }

  /**
   * Says what the process took from the first turn on, between the turns, too.
   *
   * @param least processor time of the collector at least
   * @param most at most
   * @param allocated bytes
   * @param young collections of the young generation
   */
  public void whole(long least, long most, long allocated, long young) {
    collectorLeast = least;
    collectorMost = most;
    bytes = allocated;
    collections = young;
  }

  /** What happened in one arm, in all blocks that count. */
  public Turn total(Arm arm) {
    return arms[arm.ordinal()];
  }

  /** Blocks that count. */
  public int blocks() {
    return blocks.size();
  }

  /** Blocks in which next to nothing was borrowed. */
  public int idleBlocks() {
    return idle;
  }

  /** Whether there have been as many blocks as there may be. */
  public boolean isOver() {
    return blocks.size() + idle >= LOOKS[MOST_LOOKS - 1];
  }

  /** Whether it is time for a look: after so many blocks, or as there will be no more. */
  private boolean isLookDue() {
    if (isOver()) {
      return true;
    }
    for (int look : LOOKS) {
      if (blocks.size() == look && isBlockOver()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks, if it is time to. To be called after each turn.
   *
   * @return whether no further block is needed: the sign is certain, and the size well known
   */
  public boolean look() {
    Estimate now = isLookDue() ? estimate() : null;
    if (now == null) {
      return false;
    }
    looked = now;
    return (now.isDearer() || now.isCheaper()) && now.isPrecise();
  }

  /** Whether building anew is the dearer way, as the latest look found. */
  public boolean isDearer() {
    return looked != null && looked.isDearer();
  }

  /** Whether building anew is the cheaper way, as the latest look found. */
  public boolean isCheaper() {
    return looked != null && looked.isCheaper();
  }

  /** What is known so far; null before the first look. */
  public @Nullable Estimate estimate() {
    int count = blocks.size();
    if (count < LOOKS[0]) {
      return null;
    }
    double perByte =
        collections < LEAST_COLLECTIONS ? 0 : (collectorLeast + collectorMost) / 2.0 / bytes;
    double sum = 0;
    double ofBytes = 0;
    double ofSecond = 0;
    double said = (ownLeast + ownMost) / 2;
    double[] differences = new double[count];
    for (int i = 0; i < count; i++) {
      Turn[] block = blocks.get(i);
      Turn pooled = block[Arm.POOLED.ordinal()];
      Turn unpooled = block[Arm.UNPOOLED.ordinal()];
      double more = unpooled.bytesPerBorrow() - pooled.bytesPerBorrow() - secondBytes(block);
      double second = second(block);
      differences[i] =
          unpooled.cpuPerBorrow() - pooled.cpuPerBorrow() + perByte * more - second - said;
      sum += differences[i];
      ofBytes += more;
      ofSecond += second;
    }
    double mean = sum / count;
    double squares = 0;
    for (double each : differences) {
      squares += (each - mean) * (each - mean);
    }
    double moreBytes = ofBytes / count;
    double ofCounting = ofSecond / count + said;
    double doubt = Math.abs(ofSecond) / count + (ownMost - ownLeast) / 2;
    double error = t(count) * Math.sqrt(squares / (count - 1) / count) + doubt;
    if (collections < LEAST_COLLECTIONS) {
      return new Estimate(
          count,
          mean,
          moreBytes,
          0,
          ofCounting,
          error,
          moreBytes > 0 ? Double.POSITIVE_INFINITY : 0);
    }
    double ofCollector = perByte * moreBytes;
    double unsure =
        Math.abs(ofCollector) * Math.min(1, 2 / Math.sqrt(collections))
            + Math.abs(moreBytes)
                * Math.min(collectorMost, (collectorMost - collectorLeast) / 2.0 + TICKS_NANOS)
                / bytes;
    return new Estimate(count, mean, moreBytes, ofCollector, ofCounting, error + unsure, 0);
  }

  /** What it takes a borrow to be counted a second time. */
  private double second(Turn[] block) {
    return arms.length > 2
        ? block[Arm.COUNTED_TWICE.ordinal()].cpuPerBorrow()
            - block[Arm.UNPOOLED.ordinal()].cpuPerBorrow()
        : 0;
  }

  /** What is allocated a borrow for being counted a second time. */
  private double secondBytes(Turn[] block) {
    return arms.length > 2
        ? block[Arm.COUNTED_TWICE.ordinal()].bytesPerBorrow()
            - block[Arm.UNPOOLED.ordinal()].bytesPerBorrow()
        : 0;
  }

  /** For the largest look that is not beyond; a little too much in between. */
  private static double t(int count) {
    double t = T[0];
    for (int i = 0; i < LOOKS.length; i++) {
      if (count >= LOOKS[i]) {
        t = T[i];
      }
    }
    return t;
  }
}
