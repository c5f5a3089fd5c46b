package io.poolwatch.book;

import java.util.Locale;

/** How one validation ended. */
public enum ValidationOutcome {
  /** The object passed. */
  VALID,
  /** The object failed. */
  INVALID,
  /** The factory threw. */
  ERROR;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
