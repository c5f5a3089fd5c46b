package io.poolwatch.agent.worth;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the service allocates, and how often its young generation is collected, with its pools and
 * as it would be without: all of them, or one. A young collection is due after so many bytes, pools
 * or not; and what building anew would allocate is what the pools avoided. What is promoted with
 * them but is not theirs would be without them, and sooner, as there would be more collections; how
 * long the objects built anew would live is not known, so that is all that can be said. Immutable.
 */
public final class WithoutPools {
  private static final double MEGA = 1e6;

  private final double seconds;
  private final long allocated;
  private final long young;
  private final long promoted;
  private final boolean promotedMore;
  private final Map<PoolIdentity, Part> parts = new HashMap<>();
  private final Part sum = new Part();
  private int leftOut;

  private WithoutPools(HeapReading first, HeapReading last) {
    seconds = last.secondsSince(first);
    allocated = last.allocatedSince(first);
    young = last.youngSince(first);
    promoted = last.promotedSince(first);
    promotedMore = last.isPromotedMore();
  }

  /**
   * What happened between two readings; null if too little is known.
   *
   * @param first the reading at the time of the first figures
   * @param before the figures then
   */
  static @Nullable WithoutPools between(
      HeapReading first, HeapReading last, List<PoolAppraisal> before, List<PoolAppraisal> now) {
    WithoutPools without = new WithoutPools(first, last);
    Map<PoolIdentity, PoolAppraisal> earlier = new HashMap<>();
    for (PoolAppraisal pool : before) {
      earlier.put(pool.figures().identity(), pool);
    }
    for (PoolAppraisal pool : now) {
      PoolIdentity identity = pool.figures().identity();
      Part part = new Part(earlier.get(identity), pool);
      without.parts.put(identity, part);
      without.sum.add(part);
      without.leftOut += part.isUnknown() ? 1 : 0;
    }
    return without.seconds < 1 || without.allocated <= 0 || without.sum.borrows == 0
        ? null
        : without;
  }

  /** The time that the figures are about, in seconds. */
  public double seconds() {
    return seconds;
  }

  /** Pools of which no building was measured: these are there without all pools, too. */
  public int leftOut() {
    return leftOut;
  }

  /** The service with all pools and without any. */
  public List<Compared> all() {
    return compared(sum, false);
  }

  /** The service with the pools of a name and without these alone; empty if nobody borrowed. */
  public List<Compared> of(PoolIdentity pool) {
    Part part = parts.get(pool);
    return part == null || part.borrows <= 0 ? new ArrayList<>() : compared(part, part.isUnknown());
  }

  private List<Compared> compared(Part part, boolean unknown) {
    List<Compared> figures = new ArrayList<>();
    double more = unknown ? Double.NaN : (double) (allocated + part.avoided) / allocated;
    double rate = allocated / seconds / MEGA;
    figures.add(new Compared(Compared.What.ALLOCATION, rate, rate * more));
    if (young > 0) {
      double aMinute = young * 60 / seconds;
      figures.add(new Compared(Compared.What.YOUNG_COLLECTIONS, aMinute, aMinute * more));
    }
    if (promoted >= 0) {
      double others = Math.max(0, promoted - part.promoted) / seconds / MEGA;
      figures.add(Compared.promotion(promoted / seconds / MEGA, promotedMore, others));
    }
    figures.add(new Compared(Compared.What.HIT_RATE, 100.0 * part.hits / part.borrows, Double.NaN));
    return figures;
  }

  /** The table of all pools for the log, line by line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line("", "with pools", "without"));
    for (Compared each : all()) {
      lines.add(line(each.what().label(), each.withWords(), each.withoutWords()));
    }
    if (leftOut > 0) {
      lines.add("without: " + leftOut + " pools of which no building was measured are left out");
    }
    return lines;
  }

  private static String line(String name, String with, String without) {
    return String.format(Locale.ROOT, "%-28s%18s%18s", name, with, without);
  }

  /** What pools did in that time. */
  private static final class Part {
    private long avoided;
    private boolean known;
    private long hits;
    private long borrows;

    /** Bytes of pooled objects that were promoted, with all that was allocated for each; or NaN. */
    private double promoted;

    Part() {}

    Part(@Nullable PoolAppraisal before, PoolAppraisal now) {
      PoolSnapshot pool = now.figures();
      Tally old = before == null ? new Tally() : before.figures().tally();
      Tally tally = pool.tally();
      known = pool.worth().allocationAvoided() >= 0;
      avoided = avoided(now) - (before == null ? 0 : avoided(before));
      hits = tally.borrows(BorrowOutcome.HIT) - old.borrows(BorrowOutcome.HIT);
      borrows = tally.borrowsOfPool() - old.borrowsOfPool();
      long objects = tally.promotions() - old.promotions();
      // An object may have grown in use. NaN where it is not known what was allocated.
      double size = now.size() > now.bytes() ? now.size() : now.bytes();
      promoted = !pool.knowsTenured() ? Double.NaN : objects <= 0 ? 0 : objects * size;
    }

    private static long avoided(PoolAppraisal pool) {
      return Math.max(0, pool.figures().worth().allocationAvoided());
    }

    boolean isUnknown() {
      return !known && hits > 0;
    }

    void add(Part other) {
      avoided += other.avoided;
      hits += other.hits;
      borrows += other.borrows;
      promoted += other.promoted;
    }
  }
}
