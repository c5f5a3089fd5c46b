package io.poolwatch.worth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What building one object of some pools takes, from the latest {@value #KEPT} measurements. One
 * thread.
 *
 * <p>A building during which the JVM loaded classes says nothing of the next one, so such count
 * only for the size of the object. But a class is loaded once: what is loaded while the fourth such
 * building goes on is loaded by others, or by each building. So where there are no better ones,
 * those from the fourth on count. Of the times the lower half is taken: the upper one is what code
 * that is not compiled yet, a collection or another thread on the processor made of it. Of the
 * bytes, which are exact, the mean.
 *
 * <p>But other things than loading are done once, too, and nothing tells of them: as a class is
 * compiled by C2 for the first time, HotSpot makes the strings among its constants, on the thread
 * that is in it. So while few buildings were measured a figure that stands alone above the others
 * is not believed, of one building in eight at most. Later on all count, and what is rare for as
 * much as it happens.
 */
public final class Buildings {
  private static final int KEPT = 64;

  /** Buildings one after another in which all classes are loaded that they need. */
  private static final int SETTLING = 3;

  /** Measured buildings until which a figure may be what happens once. */
  private static final int FEW = 2 * KEPT;

  /** One building in so many, at most, is left out for that. */
  private static final int LEFT_OUT = 8;

  private final long[] nanos = new long[KEPT];
  private final long[] bytes = new long[KEPT];
  private final long[] sizes = new long[KEPT];
  private long timed;
  private long weighed;
  private double meanBytes = Double.NaN;
  private long sized;
  private long loading;
  private boolean anyQuiet;
  private int settling;
  private long settlingEnd;

  /** Takes what was measured since the last call; gives whether there was anything. */
  public boolean read(Costs costs) {
    Costs.Building newest = costs.takeBuildings();
    for (Costs.Building each = reversed(newest); each != null; each = each.next) {
      add(each.start, each.nanos, each.bytes, each.size, each.loading);
    }
    return newest != null;
  }

  private static Costs.@Nullable Building reversed(Costs.@Nullable Building newest) {
    Costs.Building before = null;
    Costs.Building each = newest;
    while (each != null) {
      Costs.Building next = each.next;
      each.next = before;
      before = each;
      each = next;
    }
    return before;
  }

  void add(long start, long tookNanos, long tookBytes, long size, boolean classesLoaded) {
    if (size >= 0) {
      sizes[(int) (sized++ % KEPT)] = size;
    }
    if (classesLoaded && (anyQuiet || !isSettled(start, tookNanos))) {
      loading++;
      return;
    }
    if (!classesLoaded && tookNanos >= 0 && !anyQuiet) {
      anyQuiet = true;
      timed = 0;
      weighed = 0;
      meanBytes = Double.NaN;
    }
    if (tookNanos >= 0) {
      nanos[(int) (timed++ % KEPT)] = tookNanos;
    }
    if (tookBytes >= 0) {
      bytes[(int) (weighed++ % KEPT)] = tookBytes;
      meanBytes = Double.NaN;
    }
  }

  /** Those that go on at a time, on several threads, count as one. */
  private boolean isSettled(long start, long tookNanos) {
    if (settling == 0 || start - settlingEnd >= 0) {
      settling++;
      settlingEnd = start + tookNanos;
    }
    return settling > SETTLING;
  }

  /** Buildings whose bytes were measured and count, all in all. */
  public long weighed() {
    return weighed;
  }

  /** Buildings whose time was measured and counts, all in all. */
  public long timed() {
    return timed;
  }

  /** Buildings that were left out because classes were loaded meanwhile. */
  public long loading() {
    return loading;
  }

  /** Objects whose size was looked at, all in all. */
  public long sized() {
    return sized;
  }

  /** Bytes that building one allocates, on average; NaN if none was measured. */
  public double bytes() {
    if (Double.isNaN(meanBytes) && weighed > 0) {
      meanBytes = weighed <= FEW ? meanOfFew() : mean(bytes, weighed);
    }
    return meanBytes;
  }

  /** Without those above which there is more room than between all others. */
  private double meanOfFew() {
    int count = (int) Math.min(weighed, KEPT);
    long[] sorted = Arrays.copyOf(bytes, count);
    Arrays.sort(sorted);
    int kept = count;
    while (count - kept < count / LEFT_OUT
        && sorted[kept - 1] - sorted[kept - 2] > sorted[kept - 2] - sorted[0]) {
      kept--;
    }
    return mean(sorted, kept);
  }

  /** Bytes that one object takes, on average; NaN if none was looked at. */
  public double size() {
    return mean(sizes, sized);
  }

  /** The shortest time of a building, in nanoseconds; NaN if none was measured. */
  public double shortestNanos() {
    long[] sorted = sortedNanos();
    return sorted.length == 0 ? Double.NaN : sorted[0];
  }

  /** Mean time of the faster half of the buildings, in nanoseconds; NaN if none was measured. */
  public double nanos() {
    long[] sorted = sortedNanos();
    return sorted.length == 0
        ? Double.NaN
        : Arrays.stream(sorted).limit((sorted.length + 1) / 2).average().orElse(Double.NaN);
  }

  private long[] sortedNanos() {
    long[] sorted = Arrays.copyOf(nanos, (int) Math.min(timed, KEPT));
    Arrays.sort(sorted);
    return sorted;
  }

  private static double mean(long[] values, long all) {
    int count = (int) Math.min(all, KEPT);
    return count == 0 ? Double.NaN : Arrays.stream(values, 0, count).average().orElse(Double.NaN);
  }

  /**
   * Time to build one where it is built all the time, in nanoseconds, as far as that is known:
   * where it took no longer than an allocation alone may, that of the allocation; NaN if nothing is
   * known.
   */
  public double hotNanos(Prices prices) {
    double least = shortestNanos();
    if (prices.isTrivial(least)) {
      return weighed == 0 ? Double.NaN : prices.allocation(bytes());
    }
    return Math.max(0, nanos() - prices.clock());
  }
}
