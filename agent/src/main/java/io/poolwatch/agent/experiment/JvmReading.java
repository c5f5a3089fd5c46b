package io.poolwatch.agent.experiment;

import io.poolwatch.agent.worth.HeapReading;

/** What the process has taken up to a moment. Immutable. */
final class JvmReading {
  final long nanos;
  final HeapReading heap;

  /** Processor time of the service's threads, in nanoseconds. */
  final long serviceNanos;

  /** Of all threads that run Java code, ours included. */
  final long javaNanos;

  /** Of the whole process. */
  final long processNanos;

  /** Time that the JIT compiled, over its threads, in nanoseconds; 0 if not known. */
  final long compiledNanos;

  /** Bytes in the old generation; 0 if there is none that is known. */
  final long old;

  /** Its size at most; 0 if not known. */
  final long oldMost;

  JvmReading(
      long nanos,
      HeapReading heap,
      long serviceNanos,
      long javaNanos,
      long processNanos,
      long compiledNanos,
      long old,
      long oldMost) {
    this.nanos = nanos;
    this.heap = heap;
    this.serviceNanos = serviceNanos;
    this.javaNanos = javaNanos;
    this.processNanos = processNanos;
    this.compiledNanos = compiledNanos;
    this.old = old;
    this.oldMost = oldMost;
  }

  /**
   * What the collector's threads took at most: what the process took beyond threads that run Java
   * code, and no more than all processors did in the collections.
   */
  long collectorMostSince(JvmReading before, int processors) {
    long beyond = processNanos - before.processNanos - (javaNanos - before.javaNanos);
    return Math.max(0, Math.min(beyond, heap.youngNanosSince(before.heap) * processors));
  }

  /** What they took at least: the same without the JIT, whose threads may have had to wait. */
  long collectorLeastSince(JvmReading before, int processors) {
    long beyond = processNanos - before.processNanos - (javaNanos - before.javaNanos);
    long compiled = compiledNanos - before.compiledNanos;
    return Math.max(0, Math.min(beyond - compiled, collectorMostSince(before, processors)));
  }
}
