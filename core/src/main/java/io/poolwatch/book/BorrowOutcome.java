package io.poolwatch.book;

import java.util.Locale;

/** How one borrow ended. Every borrow has exactly one outcome. */
public enum BorrowOutcome {
  /** Served by an object that the pool already had. */
  HIT,
  /** Served by an object that was made within this borrow. */
  MISS,
  /** Not served, because the pool was at its limit and nobody gave an object back in time. */
  EXHAUSTED,
  /** Not served for any other reason: factory, activation, validation, interrupt, closed pool. */
  ERROR;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
