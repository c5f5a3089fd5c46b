package example.tenured;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** When ZGC's cycles ran: while one does, objects become old one by one. */
final class Cycles {
  /** On a busy machine its thread may rest between what the beans and the recorder call the end. */
  private static final int MARGIN_MILLIS = 50;

  private final Queue<GcInfo> cycles = new ConcurrentLinkedQueue<>();

  Cycles() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (bean.getName().startsWith("ZGC ") && bean.getName().endsWith(" Cycles")) {
        ((NotificationEmitter) bean)
            .addNotificationListener(
                (notification, bag) ->
                    cycles.add(
                        GarbageCollectionNotificationInfo.from(
                                (CompositeData) notification.getUserData())
                            .getGcInfo()),
                null,
                null);
      }
    }
  }

  /** Milliseconds since the JVM began. */
  static long now() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }

  boolean meet(long begin, long end) {
    return cycles.stream()
        .anyMatch(cycle -> cycle.getStartTime() - 2 <= end && cycle.getEndTime() + MARGIN_MILLIS >= begin);
  }
}
