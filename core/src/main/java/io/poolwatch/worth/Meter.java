package io.poolwatch.worth;

/**
 * What this JVM tells of the present thread and of an object, as far as it does. Called on the
 * service's threads, around sampled calls of factories: never throws, never loads a class, and
 * calls no method of the object. Thread-safe.
 */
public interface Meter {
  /** The JVM does not tell. */
  long UNKNOWN = -1;

  /** Bytes that the present thread has allocated so far, or {@link #UNKNOWN}. */
  long allocated();

  /** How many of these bytes two readings in a row differ by: the readings' own. */
  long allocatedByReading();

  /** Classes that were loaded so far in this JVM, or {@link #UNKNOWN}. */
  long classesLoaded();

  /**
   * Bytes that an object takes, with the arrays that it alone holds as far as they are known: see
   * {@code docs/worth.md}. {@link #UNKNOWN} if the JVM does not tell.
   */
  long sizeOf(Object object);
}
