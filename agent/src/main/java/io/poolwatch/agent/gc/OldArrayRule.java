package io.poolwatch.agent.gc;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.poolwatch.gc.OldArrays;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Which arrays a collector puts into the old generation at their birth. */
final class OldArrayRule {
  private static final String EDEN_CAPACITY = "sun.gc.generation.0.space.0.capacity";

  private OldArrayRule() {}

  /**
   * The rule of a collector.
   *
   * @param counters tell the size of eden; null where there are none, and the rules that need it
   */
  static OldArrays of(CountedCollector collector, @Nullable PerfCounters counters)
      throws NoSuchFieldException {
    long alignment = number("ObjectAlignmentInBytes");
    if (collector == CountedCollector.G1) {
      // What is larger than half a region gets regions of its own.
      return OldArrays.ofBytes(number("G1HeapRegionSize") / 2 + 1, alignment).freedYoung();
    }
    long pretenured = collector == CountedCollector.SERIAL ? pretenured() : 0;
    if (pretenured > 0) {
      return OldArrays.ofBytes(pretenured + 1, alignment);
    }
    if (counters == null) {
      return OldArrays.NONE;
    }
    int part = collector == CountedCollector.PARALLEL ? 2 : 1;
    return OldArrays.ofEden(counters.address(EDEN_CAPACITY), part, alignment);
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
