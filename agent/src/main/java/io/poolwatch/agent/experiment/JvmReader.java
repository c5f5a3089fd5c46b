package io.poolwatch.agent.experiment;

import com.sun.management.OperatingSystemMXBean;
import io.poolwatch.agent.worth.Heap;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the process takes. One thread. */
final class JvmReader {
  private final Heap heap = new Heap();
  private final ThreadTimes threads;
  private final OperatingSystemMXBean process;
  private final @Nullable CompilationMXBean compiler = compiler();
  private final List<MemoryPoolMXBean> old = new ArrayList<>();

  private JvmReader(ThreadTimes threads, OperatingSystemMXBean process) {
    this.threads = threads;
    this.process = process;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      String name = pool.getName();
      if (pool.getType() == MemoryType.HEAP && (name.contains("Old") || name.contains("Tenured"))) {
        old.add(pool);
      }
    }
  }

  /**
   * Opens it; null if this JVM does not tell what an experiment needs.
   *
   * @param own ids of threads that are not the service's
   */
  static @Nullable JvmReader open(long... own) {
    ThreadTimes threads = ThreadTimes.open(own);
    java.lang.management.OperatingSystemMXBean process =
        ManagementFactory.getOperatingSystemMXBean();
    if (threads == null || !(process instanceof OperatingSystemMXBean)) {
      return null;
    }
    JvmReader reader = new JvmReader(threads, (OperatingSystemMXBean) process);
    JvmReading first = reader.read();
    return first.processNanos < 0 || first.heap.allocatedSince(first.heap) < 0 ? null : reader;
  }

  /** Null where nothing is compiled, or it is not timed. */
  private static @Nullable CompilationMXBean compiler() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler != null && compiler.isCompilationTimeMonitoringSupported() ? compiler : null;
  }

  JvmReading read() {
    long now = System.nanoTime();
    threads.read();
    long used = 0;
    long most = 0;
    for (MemoryPoolMXBean pool : old) {
      MemoryUsage usage = pool.getUsage();
      if (usage != null) {
        used += usage.getUsed();
        most += Math.max(0, usage.getMax());
      }
    }
    return new JvmReading(
        now,
        heap.read(now),
        threads.ofService(),
        threads.ofAll(),
        process.getProcessCpuTime(),
        compiler == null ? 0 : compiler.getTotalCompilationTime() * 1_000_000L,
        used,
        most);
  }
}
