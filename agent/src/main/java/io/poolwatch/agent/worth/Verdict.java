package io.poolwatch.agent.worth;

import io.poolwatch.book.PoolIdentity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is to be done about the pools of one name, and why. Immutable. */
public final class Verdict {
  /** What is to be done. */
  public enum Kind {
    KEEP,
    SHRINK,
    GROW,
    DROP,
    UNDECIDED;

    /** In snake case, for the log and for the attribute. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** No number of objects is part of it. */
  public static final long NO_SIZE = -1;

  private final Kind kind;
  private final PoolIdentity pool;
  private final long size;
  private final String reason;
  private final String account;
  private final @Nullable Evidence evidence;

  /**
   * A verdict.
   *
   * @param size to what number of objects to shrink or grow, or {@link #NO_SIZE}
   * @param reason in a clause
   * @param account figures that the reader can check, with what they assume
   */
  public Verdict(Kind kind, PoolIdentity pool, long size, String reason, String account) {
    this(kind, pool, size, reason, account, null);
  }

  /**
   * A verdict.
   *
   * @param evidence of an experiment that it agrees with; null if it is by accounting alone
   */
  Verdict(
      Kind kind,
      PoolIdentity pool,
      long size,
      String reason,
      String account,
      @Nullable Evidence evidence) {
    this.kind = kind;
    this.pool = pool;
    this.size = size;
    this.reason = reason;
    this.account = account;
    this.evidence = evidence;
  }

  /** What is to be done. */
  public Kind kind() {
    return kind;
  }

  /** Under which the pool is reported. */
  public PoolIdentity pool() {
    return pool;
  }

  /** To what number of objects, or {@link #NO_SIZE}. */
  public long size() {
    return size;
  }

  /** Why, in a clause. */
  public String reason() {
    return reason;
  }

  /** Figures that the reader can check, with what they assume. */
  public String account() {
    return account;
  }

  /** What an experiment found, or null. */
  @Nullable Evidence evidence() {
    return evidence;
  }

  /** What an experiment found, in figures; null if none was made. */
  public @Nullable String experiment() {
    return evidence == null ? null : evidence.figures();
  }

  /** What to do, as it is said. */
  public String said() {
    return size == NO_SIZE ? kind.label() : kind.label() + " to " + size;
  }

  /** Whether two say the same but for their figures: sizes within a fifth of each other. */
  boolean isLike(Verdict other) {
    return kind == other.kind
        && (size == other.size || Math.abs(size - other.size) * 5 <= Math.max(size, other.size));
  }
}
