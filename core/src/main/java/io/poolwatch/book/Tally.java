package io.poolwatch.book;

import io.poolwatch.gc.PromotionKind;
import org.jspecify.annotations.Nullable;

/**
 * Sums over one pool, or over several of one name. Mutable and not thread-safe: a reader fills one,
 * under the ledger's lock, from the books.
 *
 * <p>Created objects are not summed on their own: they are the live ones and the removed ones, so
 * that {@code created + inherited = idle + used + removed} holds in every tally by construction;
 * where it is not known how many live, those stand for it that are created and not removed. In the
 * same way misses are the sum of their causes.
 *
 * <p>Of what was promoted to the old generation all is either live or removed: {@code promotions =
 * tenured idle + tenured used + tenured removed + tenured freed young}.
 */
public final class Tally {
  private final long[] borrows = new long[BorrowOutcome.values().length];
  private final long[] misses = new long[MissCause.values().length];
  private final long[] returns = new long[ReturnOutcome.values().length];
  private final long[] removed = new long[RemovalReason.values().length];
  private final long[] validations = new long[ValidationOutcome.values().length];

  /** Null as long as there are none: books keep many tallies, and few have any. */
  private long @Nullable [] violations;

  private long inherited;
  private long idle;
  private long used;

  /** Created and not removed, where nothing else is known of what lives; may be negative. */
  private long unplaced;

  private boolean isIdleUnknown;
  private boolean isUsedUnknown;
  private long pending;
  private final long[] promotions = new long[PromotionKind.values().length];
  private long tenuredIdle;
  private long tenuredUsed;
  private long tenuredRemoved;

  /** Of the live tenured ones: those that a young collection frees once they are thrown away. */
  private long freeableYoung;

  private long freedYoung;

  /** Null unless something is estimated; so it is in the many tallies that books keep. */
  private @Nullable TenuredSlack slack;

  private long keysAsked;
  private long keysIdle;
  private long keysOpened;
  private boolean hasKeys;
  private boolean isEstimated;
  private boolean isUnknown;

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
    if (count != 0) {
      violated()[kind.ordinal()] += count;
    }
  }

  /** Adds objects that were in their pool before it was watched; they are live or removed, too. */
  public void inherited(long count) {
    inherited += count;
  }

  /** Adds live objects. */
  public void live(long idleObjects, long usedObjects) {
    idle += idleObjects;
    used += usedObjects;
  }

  /**
   * Adds objects of a pool of which it is not known how many are lent, because it lent some before
   * it was watched.
   *
   * @param objects created as far as it was watched, less those that were removed or are idle
   */
  public void unplaced(long objects) {
    unplaced += objects;
    isUsedUnknown = true;
  }

  /** How many objects are idle is not known of some pool, for the same reason. */
  public void idleUnknown() {
    isIdleUnknown = true;
  }

  /** Adds waiting borrowers. */
  public void pending(long waiting) {
    pending += waiting;
  }

  /** Adds objects that came into the old generation so. */
  public void promoted(PromotionKind kind, long count) {
    promotions[kind.ordinal()] += count;
  }

  /**
   * Adds live objects that lie in the old generation.
   *
   * @param freeable how many of them a young collection frees nevertheless, once nobody refers to
   *     them
   */
  public void tenured(long idleObjects, long usedObjects, long freeable) {
    tenuredIdle += idleObjects;
    tenuredUsed += usedObjects;
    freeableYoung += freeable;
  }

  /**
   * Adds objects that were promoted and then removed.
   *
   * @param count those that only an old collection frees
   * @param young those that a young collection frees
   */
  public void tenuredRemoved(long count, long young) {
    tenuredRemoved += count;
    freedYoung += young;
  }

  /**
   * Adds what is known of the keys of a pool.
   *
   * @param asked different ones that were asked for in the last window
   * @param idleElsewhere idle objects under others
   * @param opened how often the library began to keep objects under a key
   */
  void keys(long asked, long idleElsewhere, long opened) {
    keysAsked += asked;
    keysIdle += idleElsewhere;
    keysOpened += opened;
    hasKeys = true;
  }

  private long[] violated() {
    long[] present = violations;
    if (present == null) {
      present = new long[ViolationKind.values().length];
      violations = present;
    }
    return present;
  }

  /** By how much the tenured may be off. */
  TenuredSlack tenuredSlack() {
    TenuredSlack present = slack;
    if (present == null) {
      present = new TenuredSlack();
      slack = present;
    }
    return present;
  }

  /** What is said of the old generation is estimated, for some of the objects at least. */
  void estimated() {
    isEstimated = true;
  }

  /** What some of the objects have in the old generation cannot even be estimated. */
  void tenuredUnknown() {
    isUnknown = true;
  }

  /** Adds all sums of another tally. */
  public void add(Tally other) {
    add(borrows, other.borrows);
    add(misses, other.misses);
    add(returns, other.returns);
    add(removed, other.removed);
    add(validations, other.validations);
    if (other.violations != null) {
      add(violated(), other.violations);
    }
    inherited += other.inherited;
    idle += other.idle;
    used += other.used;
    unplaced += other.unplaced;
    isIdleUnknown |= other.isIdleUnknown;
    isUsedUnknown |= other.isUsedUnknown;
    pending += other.pending;
    add(promotions, other.promotions);
    tenured(other.tenuredIdle, other.tenuredUsed, other.freeableYoung);
    tenuredRemoved(other.tenuredRemoved, other.freedYoung);
    if (other.slack != null) {
      tenuredSlack().add(other.slack);
    }
    if (other.hasKeys) {
      keys(other.keysAsked, other.keysIdle, other.keysOpened);
    }
    isEstimated |= other.isEstimated;
    isUnknown |= other.isUnknown;
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
    keysAsked = 0;
    keysIdle = 0;
    tenuredRemoved(tenuredIdle + tenuredUsed - freeableYoung, freeableYoung);
    tenuredIdle = 0;
    tenuredUsed = 0;
    freeableYoung = 0;
    if (slack != null) {
      slack.bury();
    }
  }

  /** Borrows that ended so. */
  public long borrows(BorrowOutcome outcome) {
    return borrows[outcome.ordinal()];
  }

  /** Borrows that a pooled object served, or would have without poolwatch's own quarantine. */
  public long hitsOrQuarantined() {
    return borrows(BorrowOutcome.HIT) + misses(MissCause.QUARANTINE);
  }

  /**
   * Borrows but for those that poolwatch's own experiment served by plain creation: they say
   * nothing of how well the pool serves.
   */
  public long borrowsOfPool() {
    return borrows() - misses(MissCause.EXPERIMENT);
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
    long reported = violations == null ? 0 : violations[kind.ordinal()];
    return kind == ViolationKind.LEAK ? reported + removed(RemovalReason.LEAKED) : reported;
  }

  /** Violations of all kinds. */
  public long violations() {
    return (violations == null ? 0 : sum(violations)) + removed(RemovalReason.LEAKED);
  }

  /** Objects in the pool, ready to be lent; as far as that is {@linkplain #knowsIdle known}. */
  public long idle() {
    return idle;
  }

  /**
   * Objects that are lent, or on their way in or out; as far as that is {@linkplain #knowsUsed
   * known}.
   */
  public long used() {
    return used;
  }

  /** Whether {@link #idle} is known of all pools; if not, it is not to be reported. */
  public boolean knowsIdle() {
    return !isIdleUnknown;
  }

  /** Whether {@link #used} is known of all pools; if not, it is not to be reported. */
  public boolean knowsUsed() {
    return !isUsedUnknown;
  }

  /** Borrowers that wait now. */
  public long pending() {
    return pending;
  }

  /** Objects that came into the old generation so. */
  public long promotions(PromotionKind kind) {
    return promotions[kind.ordinal()];
  }

  /** Objects that came into the old generation. */
  public long promotions() {
    return sum(promotions);
  }

  /** Idle objects that lie in the old generation. */
  public long tenuredIdle() {
    return tenuredIdle;
  }

  /** The least that {@link #tenuredIdle} is in 95 of 100 cases; the same unless estimated. */
  public long tenuredIdleLeast() {
    return slack == null ? tenuredIdle : slack.idle.least(tenuredIdle);
  }

  /** The most that {@link #tenuredIdle} is in 95 of 100 cases; the same unless estimated. */
  public long tenuredIdleMost() {
    return slack == null ? tenuredIdle : slack.idle.most(tenuredIdle);
  }

  /** Lent objects that lie in the old generation. */
  public long tenuredUsed() {
    return tenuredUsed;
  }

  /** The least that {@link #tenuredUsed} is in 95 of 100 cases; the same unless estimated. */
  public long tenuredUsedLeast() {
    return slack == null ? tenuredUsed : slack.used.least(tenuredUsed);
  }

  /** The most that {@link #tenuredUsed} is in 95 of 100 cases; the same unless estimated. */
  public long tenuredUsedMost() {
    return slack == null ? tenuredUsed : slack.used.most(tenuredUsed);
  }

  /** Objects that were promoted and then removed: garbage that only an old collection frees. */
  public long tenuredRemoved() {
    return tenuredRemoved;
  }

  /** The least that {@link #tenuredRemoved} is in 95 of 100 cases; the same unless estimated. */
  public long tenuredRemovedLeast() {
    return slack == null ? tenuredRemoved : slack.removed.least(tenuredRemoved);
  }

  /** The most that {@link #tenuredRemoved} is in 95 of 100 cases; the same unless estimated. */
  public long tenuredRemovedMost() {
    return slack == null ? tenuredRemoved : slack.removed.most(tenuredRemoved);
  }

  /**
   * Objects that lay in the old generation from their birth on and were removed, and that a young
   * collection frees: large arrays without references, on G1.
   */
  public long tenuredFreedYoung() {
    return freedYoung;
  }

  /**
   * Whether what is said of the old generation is an estimate, because the pool does not tell what
   * becomes of each object, or because not each one is tracked.
   */
  public boolean isTenuredEstimated() {
    return isEstimated;
  }

  /** Whether what is said of the old generation leaves objects out. */
  boolean isTenuredUnknown() {
    return isUnknown;
  }

  /** Whether there are keys to tell of. */
  public boolean hasKeys() {
    return hasKeys;
  }

  /**
   * Different keys that were asked for in the last full {@linkplain Ledger#keyWindow window}; an
   * upper end where the library forgets keys and they are of the service's own classes.
   */
  public long keysAsked() {
    return keysAsked;
  }

  /** Idle objects when that window closed, under keys that were not asked for in it. */
  public long idleElsewhere() {
    return keysIdle;
  }

  /** How often the library began to keep objects under a key, which may be one that it forgot. */
  public long keysOpened() {
    return keysOpened;
  }

  /** Objects that were in their pool before it was watched, and were found there. */
  public long inherited() {
    return inherited;
  }

  /** Objects created so far, as far as it was watched. */
  public long created() {
    long sum = idle + used + unplaced - inherited;
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
