package io.poolwatch.agent.worth;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the JVM allocated and how often it collected the young generation. To be read every
 * second: before 21 the JVM tells of threads that live only, so that what a thread allocates in its
 * last second is missed. One thread.
 */
public final class Heap {
  /** Collectors whose collections are those of a young generation, by the names of their beans. */
  private static final Set<String> YOUNG =
      Set.of(
          "Copy", "PS Scavenge", "ParNew", "G1 Young Generation", "ZGC Minor Cycles", "Young GC");

  private final @Nullable GarbageCollectorMXBean young;
  private final @Nullable AllocationTotal total;
  private final @Nullable PromotedBytes promoted;

  /** A reader that does not hear the collector's word on each collection. */
  public Heap() {
    this(false);
  }

  /**
   * A reader.
   *
   * @param followed whether the collector's word on each collection is to be heard, too
   */
  Heap(boolean followed) {
    young = findYoung();
    total = AllocationTotal.open();
    promoted = young == null || !followed ? null : PromotedBytes.follow(young);
  }

  /** Null if this JVM does not tell, or has no {@code java.management}. */
  private static @Nullable GarbageCollectorMXBean findYoung() {
    try {
      for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
        if (YOUNG.contains(bean.getName())) {
          return bean;
        }
      }
    } catch (RuntimeException | LinkageError closed) {
      // What is not known is left out where it would be told.
    }
    return null;
  }

  /** What it is now. */
  public HeapReading read(long nowNanos) {
    return new HeapReading(
        nowNanos,
        total == null ? -1 : total.read(),
        young == null ? -1 : young.getCollectionCount(),
        young == null ? -1 : young.getCollectionTime(),
        promoted == null ? -1 : promoted.sum(),
        promoted != null && promoted.isLess());
  }
}
