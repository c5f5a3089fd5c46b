package io.poolwatch.pool;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * Finds collections on a JVM without the module {@code java.management}: a weakly held object that
 * nobody uses is cleared by the next collection that looks at it, and the pools' slower paths ask
 * whether that has happened. So an application that has stopped using pools keeps what they hold
 * until it uses one again; and on generational ZGC only major collections are seen, since minor
 * ones clear no references.
 *
 * <p>It asks the queue and never the reference: {@code get()} would keep the object alive.
 */
final class GcSentinel {

  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private final GcEpoch epoch;

  /** Held so that it can be enqueued; replaced by whoever draws it from the queue. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private volatile WeakReference<Object> armed;

  GcSentinel(GcEpoch epoch) {
    this.epoch = epoch;
    armed = new WeakReference<>(new Object(), queue);
  }

  /** Counts a collection and sweeps, if there was one since the last call. */
  void poll() {
    if (queue.poll() != null) {
      armed = new WeakReference<>(new Object(), queue);
      epoch.clock.incrementAndGet();
      if (epoch.due.get()) {
        epoch.sweepAll();
      }
    }
  }
}
