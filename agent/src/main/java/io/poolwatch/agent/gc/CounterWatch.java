package io.poolwatch.agent.gc;

import com.sun.management.GcInfo;
import io.poolwatch.gc.Certainty;
import io.poolwatch.gc.CollectionKind;
import io.poolwatch.gc.Epochs;
import io.poolwatch.gc.OutOfTurn;
import io.poolwatch.gc.Tenuring;
import io.poolwatch.memory.Memory;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Follows G1, Parallel and Serial: how many collections there have been is in the JVM's counters at
 * any moment, and steps inside the pause; which collection it was is told a millisecond or more
 * later by its notification, in order and none left out.
 *
 * <p>Notified on a thread of the JVM. Thread-safe.
 */
final class CounterWatch implements NotificationListener {
  private static final int TRIES = 1_000;

  /** A G1 heap, or survivors, fuller than this after a young collection may have lacked room. */
  private static final double NEARLY_FULL = 0.95;

  private final CountedCollector collector;
  private final long youngAddress;
  private final long fullAddress;
  private final long thresholdAddress;
  private final Tenuring tenuring;
  private final Thresholds thresholds;
  private final @Nullable G1Survivors survivors;
  private final Consumer<Throwable> onFailure;
  private final Runnable onCollection;
  private boolean open;

  /** How many young collections there have been when stamp 0 was, by counter and by bean. */
  private long youngBase;

  private long youngIdBase;
  private long fullIdBase;
  private long youngs;
  private long fulls;

  /** The moment of the last full collection. */
  private long lastFull;

  private long fullBase;

  /**
   * A watch that has not begun.
   *
   * @param onFailure told once what made it give up
   * @param onCollection run after each collection; must be short
   */
  CounterWatch(
      CountedCollector collector,
      PerfCounters counters,
      Tenuring tenuring,
      Consumer<Throwable> onFailure,
      Runnable onCollection)
      throws NoSuchFieldException {
    this.collector = collector;
    this.tenuring = tenuring;
    this.onFailure = onFailure;
    this.onCollection = onCollection;
    youngAddress = counters.address("sun.gc.collector.0.invocations");
    fullAddress = counters.address("sun.gc.collector.1.invocations");
    thresholdAddress = counters.address("sun.gc.policy.tenuringThreshold");
    thresholds = new Thresholds(collector.tellsNextThreshold());
    survivors = collector == CountedCollector.G1 ? G1Survivors.ofJvm() : null;
  }

  /** Begins, once. */
  synchronized void begin(List<GarbageCollectorMXBean> beans) throws Throwable {
    GarbageCollectorMXBean young = found(beans, collector.young());
    GarbageCollectorMXBean full = found(beans, collector.full());
    ((NotificationEmitter) young).addNotificationListener(this, null, CollectionKind.YOUNG);
    ((NotificationEmitter) full).addNotificationListener(this, null, CollectionKind.FULL);
    for (int i = 0; i < TRIES; i++) {
      long youngCount = Memory.getLong(youngAddress);
      long fullCount = Memory.getLong(fullAddress);
      youngIdBase = young.getCollectionCount();
      fullIdBase = full.getCollectionCount();
      int threshold = (int) Memory.getLong(thresholdAddress);
      if (youngCount == Memory.getLong(youngAddress) && fullCount == Memory.getLong(fullAddress)) {
        youngBase = youngCount;
        fullBase = fullCount;
        thresholds.read(youngCount, threshold);
        Epochs.publish(tenuring.known());
        Epochs.openCounters(youngAddress, fullAddress, thresholdAddress, youngCount + fullCount);
        open = true;
        return;
      }
    }
    throw new IllegalStateException("the JVM does nothing but collect");
  }

  private static GarbageCollectorMXBean found(List<GarbageCollectorMXBean> beans, String name) {
    GarbageCollectorMXBean bean = CountedCollector.find(beans, name);
    if (!(bean instanceof NotificationEmitter)) {
      throw new IllegalStateException(name + " does not notify");
    }
    return bean;
  }

  @Override
  public void handleNotification(Notification notification, @Nullable Object kind) {
    try {
      GcInfo info = GcNotice.of(notification);
      if (info != null) {
        told(kind == CollectionKind.YOUNG, info);
      }
    } catch (Throwable failure) {
      giveUp(failure);
    }
  }

  private synchronized void giveUp(Throwable failure) {
    if (open) {
      open = false;
      onFailure.accept(failure);
    }
  }

  private synchronized void told(boolean isYoung, GcInfo info) throws Throwable {
    if (!open) {
      return;
    }
    readThreshold();
    if (isYoung) {
      long id = info.getId() - youngIdBase;
      while (youngs + 1 < id) {
        youngs++;
        readNotes();
        tenuring.young(stamp(), stamp(), highest(), Certainty.ESTIMATED);
      }
      if (youngs < id) {
        youngs++;
        readNotes();
        tellYoung(info);
      }
    } else if (fulls < info.getId() - fullIdBase) {
      fulls++;
      lastFull = stamp();
      if (leftNothingYoung(info)) {
        tenuring.full(stamp(), stamp(), Certainty.KNOWN);
      } else {
        tenuring.fullOfUnknownResult(stamp());
      }
    }
    Epochs.publish(tenuring.known());
    onCollection.run();
  }

  private void tellYoung(GcInfo info) {
    boolean isG1 = collector == CountedCollector.G1;
    // Where a copying collection ran out of room, a full one follows at once and says more.
    boolean failed = !isG1 && !isEmpty(info, collector.eden());
    boolean promoted = hasGrown(info, collector.old());
    boolean outOfTurn =
        survivors != null
            ? isNearlyFull(info) || promoted && survivors.areFull(info)
            : isFull(info, collector.survivor());
    boolean isRead = thresholds.isRead(youngBase + youngs);
    int threshold = highest();
    if (failed) {
      threshold = Tenuring.PROMOTES_NOTHING;
    } else if (leftNothingYoung(info)) {
      threshold = 0;
      isRead = true;
    } else if (!isRead && !isG1 && !promoted) {
      threshold = Tenuring.PROMOTES_NOTHING;
      isRead = true;
    }
    // G1 fills its old generation in other ways, too, and a look at an object is not free there.
    if (promoted && (outOfTurn || !isG1)) {
      Epochs.outOfTurn(new OutOfTurn(lastFull, stamp(), fullBase + fulls, isG1));
    }
    Epochs.lackedRoom(promoted && outOfTurn);
    tenuring.young(
        stamp(),
        stamp(),
        threshold,
        failed || outOfTurn || !isRead ? Certainty.ESTIMATED : Certainty.KNOWN);
  }

  private long stamp() {
    return youngs + fulls;
  }

  private int highest() {
    return thresholds.highestAt(youngBase + youngs);
  }

  private void readThreshold() throws Throwable {
    long before = Memory.getLong(youngAddress);
    int threshold = (int) Memory.getLong(thresholdAddress);
    if (before == Memory.getLong(youngAddress)) {
      thresholds.read(before, threshold);
    }
  }

  /** What the births around the last told collection found in the counter. */
  private void readNotes() {
    for (long young = youngBase + youngs - 1; young <= youngBase + youngs; young++) {
      int threshold = Epochs.thresholdAtBirthsAfter(young);
      if (threshold >= 0) {
        thresholds.read(young, threshold);
      }
    }
  }

  /** Then all that lived is in the old generation, whatever the threshold was. */
  private boolean leftNothingYoung(GcInfo info) {
    return isEmpty(info, collector.eden()) && isEmpty(info, collector.survivor());
  }

  private static boolean isEmpty(GcInfo info, String pool) {
    MemoryUsage usage = info.getMemoryUsageAfterGc().get(pool);
    return usage != null && usage.getUsed() == 0;
  }

  /**
   * What has no room among the survivors is promoted whatever its age. The collector may have made
   * them larger at the end.
   */
  private static boolean isFull(GcInfo info, String pool) {
    MemoryUsage before = info.getMemoryUsageBeforeGc().get(pool);
    MemoryUsage after = info.getMemoryUsageAfterGc().get(pool);
    return before != null
        && after != null
        && after.getUsed() > NEARLY_FULL * Math.min(before.getCommitted(), after.getCommitted());
  }

  /** Between the two only promotion fills the old generation of Parallel and Serial. */
  private static boolean hasGrown(GcInfo info, String pool) {
    MemoryUsage before = info.getMemoryUsageBeforeGc().get(pool);
    MemoryUsage after = info.getMemoryUsageAfterGc().get(pool);
    return before == null || after == null || after.getUsed() > before.getUsed();
  }

  private static boolean isNearlyFull(GcInfo info) {
    long used = 0;
    for (Map.Entry<String, MemoryUsage> pool : info.getMemoryUsageAfterGc().entrySet()) {
      if (pool.getKey().startsWith("G1 ")) {
        used += pool.getValue().getUsed();
      }
    }
    return used > NEARLY_FULL * Runtime.getRuntime().maxMemory();
  }
}
