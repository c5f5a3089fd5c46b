package io.poolwatch.book;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All {@linkplain Origin origins}. Only the ledger touches it, under its lock. */
final class Origins {
  /** Origins that are told apart; what comes from further ones is not looked at. */
  private static final int MOST = 1_000;

  /** Fewer pools that exist are not looked into: reading each one is dear. */
  private static final int MANY_ALIVE = 200;

  /** Bounded by the number of the service's classes, and by {@link #MOST}. */
  private final Map<String, Origin> origins = new LinkedHashMap<>();

  /** A pool was made. */
  void opened(PoolBook book) {
    String key = Origin.keyOf(book);
    Origin origin = origins.get(key);
    if (origin == null) {
      if (origins.size() >= MOST) {
        return;
      }
      origin = new Origin(book.system(), book.facts());
      origins.put(key, origin);
    }
    origin.opened++;
    book.origin = origin;
  }

  /** A pool is gone; its book has not been closed yet. */
  static void ended(PoolBook book) {
    Origin origin = book.origin;
    if (origin != null) {
      origin.ended++;
      origin.endedWithFew += Origin.hasFew(book) ? 1 : 0;
    }
  }

  /** Begins to count anew which pools exist; false if no origin has so many that it matters. */
  boolean startCountingSurvivors() {
    boolean any = false;
    for (Origin origin : origins.values()) {
      origin.old = 0;
      origin.oldWithFew = 0;
      any |= isMany(origin);
    }
    return any;
  }

  /** Counts a pool that exists, if it was seen first before a moment of {@code nanoTime}. */
  static void countSurvivor(Books.PoolRef pool, long before) {
    Origin origin = pool.book.origin;
    if (origin != null && isMany(origin) && pool.seen - before < 0) {
      origin.old++;
      origin.oldWithFew += Origin.hasFew(pool.book) ? 1 : 0;
    }
  }

  private static boolean isMany(Origin origin) {
    return origin.opened - origin.ended >= MANY_ALIVE;
  }

  /** How pools came and went; those that the namer leaves out are left out here. */
  List<PoolTurnover> turnovers(PoolNamer namer) {
    List<PoolTurnover> all = new ArrayList<>();
    for (Origin origin : origins.values()) {
      @Nullable String name = namer.name(origin.system, origin.facts);
      if (name != null && !origin.system.breaker().isOpen()) {
        all.add(origin.reading(name));
      }
    }
    return all;
  }
}
