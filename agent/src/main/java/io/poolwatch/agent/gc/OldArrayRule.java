package io.poolwatch.agent.gc;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.poolwatch.gc.OldArrays;
import java.lang.management.ManagementFactory;

/** Which arrays a collector puts into the old generation at their birth. */
final class OldArrayRule {
  private static final String EDEN_CAPACITY = "sun.gc.generation.0.space.0.capacity";

  private OldArrayRule() {}

  static OldArrays of(CountedCollector collector, PerfCounters counters)
      throws NoSuchFieldException {
    long alignment = number("ObjectAlignmentInBytes");
    switch (collector) {
      case G1:
        // What is larger than half a region gets regions of its own.
        return OldArrays.ofBytes(number("G1HeapRegionSize") / 2 + 1, alignment).freedYoung();
      case PARALLEL:
        return OldArrays.ofEden(counters.address(EDEN_CAPACITY), 2, alignment);
      case SERIAL:
        long threshold = pretenured();
        return threshold > 0
            ? OldArrays.ofBytes(threshold + 1, alignment)
            : OldArrays.ofEden(counters.address(EDEN_CAPACITY), 1, alignment);
    }
    throw new AssertionError(collector);
  }

  /** From 26 on there is no such option. */
  private static long pretenured() {
    try {
      return number("PretenureSizeThreshold");
    } catch (IllegalArgumentException gone) {
      return 0;
    }
  }

  private static long number(String option) {
    return Long.parseLong(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption(option)
            .getValue());
  }
}
