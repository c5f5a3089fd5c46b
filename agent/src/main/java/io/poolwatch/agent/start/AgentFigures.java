package io.poolwatch.agent.start;

import java.util.concurrent.atomic.AtomicLong;

/** What the agent itself did and lost: the source of {@code poolwatch.agent.*}. Thread-safe. */
public final class AgentFigures {
  private final AtomicLong wovenClasses = new AtomicLong();
  private final AtomicLong weavingNanos = new AtomicLong();
  private final AtomicLong refusedClasses = new AtomicLong();
  private final AtomicLong failedClasses = new AtomicLong();

  void woven(long nanos) {
    wovenClasses.incrementAndGet();
    weavingNanos.addAndGet(nanos);
  }

  void refused() {
    refusedClasses.incrementAndGet();
  }

  void failed() {
    failedClasses.incrementAndGet();
  }

  /** Classes that were woven. */
  public long wovenClasses() {
    return wovenClasses.get();
  }

  /** Time spent on weaving them, in nanoseconds, of the service's threads. */
  public long weavingNanos() {
    return weavingNanos.get();
  }

  /** Classes left alone because their shape is not known. */
  public long refusedClasses() {
    return refusedClasses.get();
  }

  /** Classes left alone because weaving them failed. */
  public long failedClasses() {
    return failedClasses.get();
  }
}
