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
      long old,
      long oldMost) {
    this.nanos = nanos;
    this.heap = heap;
    this.serviceNanos = serviceNanos;
    this.javaNanos = javaNanos;
    this.processNanos = processNanos;
    this.old = old;
    this.oldMost = oldMost;
  }

  /** What the process took beyond threads that run Java code: the collector's, above all. */
  long beyondJavaSince(JvmReading before) {
    return processNanos - before.processNanos - (javaNanos - before.javaNanos);
  }
}
