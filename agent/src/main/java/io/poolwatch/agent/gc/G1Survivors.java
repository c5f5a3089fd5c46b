package io.poolwatch.agent.gc;

import com.sun.management.GcInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;

/**
 * Whether G1's survivors were full after a young collection, so that it may have promoted what had
 * no room among them, whatever its age. G1 allows for them a part of the young generation as it is
 * when the collection begins, rounded up to regions. Immutable.
 */
final class G1Survivors {
  private final long region;
  private final long ratio;

  G1Survivors(long region, long ratio) {
    this.region = region;
    this.ratio = Math.max(1, ratio);
  }

  /** As this JVM is set. */
  static G1Survivors ofJvm() {
    return new G1Survivors(option("G1HeapRegionSize"), option("SurvivorRatio"));
  }

  private static long option(String name) {
    return Long.parseLong(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption(name)
            .getValue());
  }

  boolean areFull(GcInfo info) {
    return areFull(
        regions(info.getMemoryUsageBeforeGc(), CountedCollector.G1.eden())
            + regions(info.getMemoryUsageBeforeGc(), CountedCollector.G1.survivor()),
        regions(info.getMemoryUsageAfterGc(), CountedCollector.G1.survivor()));
  }

  /**
   * The same of regions.
   *
   * @param young how many the young generation had before
   * @param survivors how many of them there were after
   */
  boolean areFull(long young, long survivors) {
    return survivors >= (young + ratio - 1) / ratio;
  }

  private long regions(Map<String, MemoryUsage> pools, String name) {
    MemoryUsage usage = pools.get(name);
    return usage == null ? 0 : (usage.getUsed() + region - 1) / region;
  }
}
