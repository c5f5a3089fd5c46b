package io.poolwatch.book;

import java.util.Locale;

/** A way to break the contract between a pool and its users. */
public enum ViolationKind {
  /** An object was given back that was not lent: it had been given back already. */
  DOUBLE_RETURN,
  /** An object was given back to a pool that never had it. */
  FOREIGN_RETURN,
  /** An object was used while it was idle in its pool. */
  USE_AFTER_RETURN,
  /** An object was changed while it was idle in its pool. */
  WRITE_AFTER_RETURN,
  /** An object was given back to its pool, or used, after the pool had destroyed it. */
  USE_AFTER_DESTROY,
  /** Calls of the factory on one object overlapped, one of which destroys it. */
  VALIDATE_DESTROY_RACE,
  /** An object was used by the pool while the factory was still making it. */
  UNBUILT_USE,
  /** An object was collected while it was lent. */
  LEAK,
  /** An object was lent for far longer than is usual in its pool. */
  OVERDUE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
