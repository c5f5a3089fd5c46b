package io.poolwatch.agent.experiment;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of all threads that run Java code, by the JVM's own count of each; what a thread
 * takes after the last reading before its end is missed. One thread.
 */
final class ThreadTimes {
  private final ThreadMXBean threads;
  private final long[] own;
  private Map<Long, Long> last = new HashMap<>();
  private long service;
  private long ours;

  private ThreadTimes(ThreadMXBean threads, long[] own) {
    this.threads = threads;
    this.own = own;
  }

  /**
   * Opens it; null if this JVM does not tell.
   *
   * @param own ids of threads that are not the service's
   */
  static @Nullable ThreadTimes open(long... own) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
        ? new ThreadTimes(threads, own)
        : null;
  }

  /** Reads all threads that live. */
  void read() {
    long[] ids = threads.getAllThreadIds();
    long[] now = threads.getThreadCpuTime(ids);
    Map<Long, Long> seen = new HashMap<>(2 * ids.length);
    for (int i = 0; i < ids.length; i++) {
      if (now[i] >= 0) {
        seen.put(ids[i], now[i]);
        long more = now[i] - last.getOrDefault(ids[i], 0L);
        if (isOwn(ids[i])) {
          ours += more;
        } else {
          service += more;
        }
      }
    }
    last = seen;
  }

  private boolean isOwn(long id) {
    for (long each : own) {
      if (each == id) {
        return true;
      }
    }
    return false;
  }

  /** Of the service's threads, up to the last reading, in nanoseconds. */
  long ofService() {
    return service;
  }

  /** Of all of them. */
  long ofAll() {
    return service + ours;
  }
}
