package io.poolwatch.agent.worth;

import com.sun.management.ThreadMXBean;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that all threads of the JVM have allocated: from 21 on the JVM's own sum, which has ended
 * threads and virtual ones in it; before, the sum over the live ones at each reading. One thread.
 */
final class AllocationTotal {
  private final ThreadMXBean threads;
  private final @Nullable MethodHandle ofAll;
  private Map<Long, Long> last = new HashMap<>();
  private long sum;

  private AllocationTotal(ThreadMXBean threads, @Nullable MethodHandle ofAll) {
    this.threads = threads;
    this.ofAll = ofAll;
  }

  /** Opens it; null if this JVM does not tell. */
  static @Nullable AllocationTotal open() {
    try {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      if (!threads.isThreadAllocatedMemorySupported()) {
        return null;
      }
      return new AllocationTotal(threads, ofAll());
    } catch (RuntimeException | LinkageError closed) {
      return null;
    }
  }

  private static @Nullable MethodHandle ofAll() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              ThreadMXBean.class,
              "getTotalThreadAllocatedBytes",
              MethodType.methodType(long.class));
    } catch (ReflectiveOperationException before21) {
      return null;
    }
  }

  /** Bytes so far; negative if not known. */
  long read() {
    if (ofAll != null) {
      try {
        return (long) ofAll.invoke(threads);
      } catch (Throwable closed) {
        return -1;
      }
    }
    long[] ids = threads.getAllThreadIds();
    long[] now = threads.getThreadAllocatedBytes(ids);
    Map<Long, Long> seen = new HashMap<>(2 * ids.length);
    for (int i = 0; i < ids.length; i++) {
      if (now[i] >= 0) {
        seen.put(ids[i], now[i]);
        sum += now[i] - last.getOrDefault(ids[i], 0L);
      }
    }
    last = seen;
    return sum;
  }
}
