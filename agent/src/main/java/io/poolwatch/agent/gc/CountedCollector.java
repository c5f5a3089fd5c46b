package io.poolwatch.agent.gc;

import java.lang.management.GarbageCollectorMXBean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The collectors that say in performance counters what they promote, and the names they go by. */
enum CountedCollector {
  G1(
      "G1 Young Generation",
      "G1 Old Generation",
      "G1 Eden Space",
      "G1 Survivor Space",
      "G1 Old Gen",
      false),
  PARALLEL("PS Scavenge", "PS MarkSweep", "PS Eden Space", "PS Survivor Space", "PS Old Gen", true),
  SERIAL("Copy", "MarkSweepCompact", "Eden Space", "Survivor Space", "Tenured Gen", true);

  private final String young;
  private final String full;
  private final String eden;
  private final String survivor;
  private final String old;
  private final boolean tellsNextThreshold;

  CountedCollector(
      String young,
      String full,
      String eden,
      String survivor,
      String old,
      boolean tellsNextThreshold) {
    this.young = young;
    this.full = full;
    this.eden = eden;
    this.survivor = survivor;
    this.old = old;
    this.tellsNextThreshold = tellsNextThreshold;
  }

  /** Which one of them this JVM runs; null for any other. */
  static @Nullable CountedCollector of(List<GarbageCollectorMXBean> beans) {
    for (CountedCollector each : values()) {
      if (find(beans, each.young) != null && find(beans, each.full) != null) {
        return each;
      }
    }
    return null;
  }

  static @Nullable GarbageCollectorMXBean find(List<GarbageCollectorMXBean> beans, String name) {
    for (GarbageCollectorMXBean bean : beans) {
      if (bean.getName().equals(name)) {
        return bean;
      }
    }
    return null;
  }

  /** The bean that tells of young collections. */
  String young() {
    return young;
  }

  /** The bean that tells of full collections. */
  String full() {
    return full;
  }

  /** The memory pool that objects are born in. */
  String eden() {
    return eden;
  }

  /** The memory pool of those that grow older. */
  String survivor() {
    return survivor;
  }

  /** The memory pool of those that were promoted. */
  String old() {
    return old;
  }

  /**
   * Whether the counter of the tenuring threshold holds that of the next young collection, and not
   * that of the last one.
   */
  boolean tellsNextThreshold() {
    return tellsNextThreshold;
  }
}
