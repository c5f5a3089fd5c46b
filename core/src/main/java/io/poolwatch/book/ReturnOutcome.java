package io.poolwatch.book;

import java.util.Locale;

/** What became of one return. Every return has exactly one outcome. */
public enum ReturnOutcome {
  /** The object is idle in the pool again. */
  POOLED,
  /** The pool took the object and threw it away. */
  DISCARDED,
  /** The pool refused the object: unknown to it, or returned before. */
  REJECTED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
