package io.poolwatch.agent.export;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Notes how exports end: counts them, and says once when they begin to fail and once when they work
 * again, however often they fail in between. Thread-safe.
 */
final class ExportWatch {
  private final Notices notices;
  private final AtomicLong succeeded = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private long failedInARow;

  ExportWatch(Notices notices) {
    this.notices = notices;
  }

  void succeeded() {
    succeeded.incrementAndGet();
    long before;
    synchronized (this) {
      before = failedInARow;
      failedInARow = 0;
    }
    if (before > 0) {
      notices.info(
          "metrics are exported again, after "
              + before
              + (before == 1 ? " failed export" : " failed exports")
              + "; nothing counted was lost");
    }
  }

  void failed(@Nullable Throwable reason) {
    failed.incrementAndGet();
    boolean first;
    synchronized (this) {
      first = failedInARow++ == 0;
    }
    if (first) {
      notices.warn(
          "metrics cannot be exported: "
              + FailureReason.of(reason)
              + "; counting goes on, and all of it is sent when the receiver answers");
    }
  }

  long countSucceeded() {
    return succeeded.get();
  }

  long countFailed() {
    return failed.get();
  }
}
