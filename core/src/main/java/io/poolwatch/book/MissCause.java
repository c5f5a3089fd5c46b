package io.poolwatch.book;

import java.util.Locale;

/** Why a borrow found no pooled object. The causes of a pool add up to its misses. */
public enum MissCause {
  /**
   * More objects were in use than ever before: no pool could have served it without pre-filling.
   */
  COLD,
  /** Idle objects existed, under another key or in another share. */
  FRAGMENTED,
  /** An object had been dropped for lack of room. */
  CAPACITY,
  /** An object had been evicted. */
  EVICTED,
  /** An object had failed validation. */
  INVALID,
  /** An object had been removed as abandoned. */
  ABANDONED,
  /** The pool, or the collector on its behalf, had been cleared. */
  CLEARED,
  /** The share of a thread that is gone took its objects along. */
  OWNER_GONE,
  /** The pool admits only some of the new objects (Netty's ratio). */
  NOT_ADMITTED,
  /** An object had been kept out of circulation by poolwatch's quarantine. */
  QUARANTINE,
  /** The borrow was served by plain creation on purpose, by poolwatch's experiment. */
  EXPERIMENT,
  /** The pool keeps nothing at all. */
  DISABLED,
  /** None of the above is certain. */
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
