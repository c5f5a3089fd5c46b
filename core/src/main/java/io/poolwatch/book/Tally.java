package io.poolwatch.book;

/**
 * Sums over one pool, or over several of one name. Mutable and not thread-safe: a reader fills one,
 * under the ledger's lock, from the books.
 *
 * <p>Created objects are not summed on their own: they are the live ones and the removed ones, so
 * that {@code created = idle + used + removed} holds in every tally by construction. In the same
 * way misses are the sum of their causes.
 */
public final class Tally {
  private final long[] borrows = new long[BorrowOutcome.values().length];
  private final long[] misses = new long[MissCause.values().length];
  private final long[] returns = new long[ReturnOutcome.values().length];
  private final long[] removed = new long[RemovalReason.values().length];
  private final long[] validations = new long[ValidationOutcome.values().length];
  private final long[] violations = new long[ViolationKind.values().length];
  private long idle;
  private long used;
  private long pending;

  /** Adds borrows that ended so; misses are added by {@link #miss}. */
  public void borrow(BorrowOutcome outcome, long count) {
    if (outcome == BorrowOutcome.MISS) {
      throw new IllegalArgumentException("a miss needs a cause");
    }
    borrows[outcome.ordinal()] += count;
  }

  /** Adds misses of this cause. */
  public void miss(MissCause cause, long count) {
    misses[cause.ordinal()] += count;
    borrows[BorrowOutcome.MISS.ordinal()] += count;
  }

  /** Adds returns that ended so. */
  public void returned(ReturnOutcome outcome, long count) {
    returns[outcome.ordinal()] += count;
  }

  /** Adds objects removed for this reason. */
  public void removed(RemovalReason reason, long count) {
    removed[reason.ordinal()] += count;
  }

  /** Adds validations that ended so. */
  public void validated(ValidationOutcome outcome, long count) {
    validations[outcome.ordinal()] += count;
  }

  /** Adds violations of this kind. */
  public void violation(ViolationKind kind, long count) {
    violations[kind.ordinal()] += count;
  }

  /** Adds live objects. */
  public void live(long idleObjects, long usedObjects) {
    idle += idleObjects;
    used += usedObjects;
  }

  /** Adds waiting borrowers. */
  public void pending(long waiting) {
    pending += waiting;
  }

  /** Adds all sums of another tally. */
  public void add(Tally other) {
    add(borrows, other.borrows);
    add(misses, other.misses);
    add(returns, other.returns);
    add(removed, other.removed);
    add(validations, other.validations);
    add(violations, other.violations);
    idle += other.idle;
    used += other.used;
    pending += other.pending;
  }

  private static void add(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  /**
   * What remains of a pool that was collected: its objects went with it.
   *
   * @param idleReason why the idle ones are gone
   * @param usedReason why the lent ones are gone
   */
  public void bury(RemovalReason idleReason, RemovalReason usedReason) {
    removed[idleReason.ordinal()] += idle;
    removed[usedReason.ordinal()] += used;
    idle = 0;
    used = 0;
    pending = 0;
  }

  /** Borrows that ended so. */
  public long borrows(BorrowOutcome outcome) {
    return borrows[outcome.ordinal()];
  }

  /** Borrows that a pooled object served, or would have without poolwatch's own quarantine. */
  public long hitsOrQuarantined() {
    return borrows(BorrowOutcome.HIT) + misses(MissCause.QUARANTINE);
  }

  /** Misses of this cause. */
  public long misses(MissCause cause) {
    return misses[cause.ordinal()];
  }

  /** Returns that ended so. */
  public long returns(ReturnOutcome outcome) {
    return returns[outcome.ordinal()];
  }

  /** Objects removed for this reason. */
  public long removed(RemovalReason reason) {
    return removed[reason.ordinal()];
  }

  /** Validations that ended so. */
  public long validations(ValidationOutcome outcome) {
    return validations[outcome.ordinal()];
  }

  /** Violations of this kind. A leak is a removal as well, and counted there alone. */
  public long violations(ViolationKind kind) {
    long reported = violations[kind.ordinal()];
    return kind == ViolationKind.LEAK ? reported + removed(RemovalReason.LEAKED) : reported;
  }

  /** Violations of all kinds. */
  public long violations() {
    return sum(violations) + removed(RemovalReason.LEAKED);
  }

  /** Objects in the pool, ready to be lent. */
  public long idle() {
    return idle;
  }

  /** Objects that are lent, or on their way in or out. */
  public long used() {
    return used;
  }

  /** Borrowers that wait now. */
  public long pending() {
    return pending;
  }

  /** Objects created so far. */
  public long created() {
    long sum = idle + used;
    for (long count : removed) {
      sum += count;
    }
    return sum;
  }

  /** All borrows. */
  public long borrows() {
    return sum(borrows);
  }

  /** All removals. */
  public long removed() {
    return sum(removed);
  }

  /** All returns. */
  public long returns() {
    return sum(returns);
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
