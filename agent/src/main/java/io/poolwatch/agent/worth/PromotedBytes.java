package io.poolwatch.agent.worth;

import com.sun.management.GcInfo;
import io.poolwatch.agent.gc.GcNotice;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.MemoryUsage;
import java.util.Map;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by which young collections made the old generation grow: what they promoted. On G1 such a
 * collection may free some of the old generation, too; then its growth tells less than what was
 * promoted. Notified on a thread of the JVM. Thread-safe.
 */
final class PromotedBytes implements NotificationListener {
  /** The old generation's memory pool, by the name of the bean that tells of young collections. */
  private static final Map<String, String> OLD =
      Map.of(
          "Copy", "Tenured Gen", "PS Scavenge", "PS Old Gen", "G1 Young Generation", "G1 Old Gen");

  private final String old;
  private volatile long sum;
  private volatile boolean less;

  PromotedBytes(String old) {
    this.old = old;
  }

  /** Follows a collector from now on; null if it does not tell. */
  static @Nullable PromotedBytes follow(GarbageCollectorMXBean young) {
    String old = OLD.get(young.getName());
    if (old == null || !(young instanceof NotificationEmitter)) {
      return null;
    }
    PromotedBytes promoted = new PromotedBytes(old);
    ((NotificationEmitter) young).addNotificationListener(promoted, null, null);
    return promoted;
  }

  @Override
  public void handleNotification(Notification notification, @Nullable Object none) {
    try {
      GcInfo info = GcNotice.of(notification);
      if (info != null) {
        grew(used(info.getMemoryUsageBeforeGc()), used(info.getMemoryUsageAfterGc()));
      }
    } catch (Throwable unreadable) {
      less = true;
    }
  }

  private long used(Map<String, MemoryUsage> pools) {
    MemoryUsage usage = pools.get(old);
    if (usage == null) {
      throw new IllegalArgumentException(old);
    }
    return usage.getUsed();
  }

  /** A young collection began with so much in the old generation, and ended with so much. */
  synchronized void grew(long before, long after) {
    if (after < before) {
      less = true;
    } else {
      sum += after - before;
    }
  }

  /** Bytes so far. */
  long sum() {
    return sum;
  }

  /** Whether that is less than what was promoted. */
  boolean isLess() {
    return less;
  }
}
