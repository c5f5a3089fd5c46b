package io.poolwatch.book;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One kind of pool library, and what its pools can do at all.
 *
 * <p>A pool reports every outcome, cause and reason that its system can have, as zero from the
 * start, and none that it cannot: a backend then sees the first increment of each series, and
 * nobody looks for evictions in a pool that never evicts. Immutable apart from its {@link Breaker
 * breakers}.
 */
public final class PoolSystem {
  private final String id;
  private final Set<BorrowOutcome> borrowOutcomes;
  private final Set<MissCause> missCauses;
  private final Set<ReturnOutcome> returnOutcomes;
  private final Set<RemovalReason> removalReasons;
  private final Set<ViolationKind> violations;
  private final boolean validates;
  private final boolean waits;
  private final boolean tellsBirths;
  private final Breaker breaker;
  private final Breaker guard;

  private PoolSystem(Builder builder) {
    id = builder.id;
    borrowOutcomes = Collections.unmodifiableSet(EnumSet.copyOf(builder.borrowOutcomes));
    missCauses = Collections.unmodifiableSet(EnumSet.copyOf(builder.missCauses));
    returnOutcomes = Collections.unmodifiableSet(EnumSet.copyOf(builder.returnOutcomes));
    removalReasons = Collections.unmodifiableSet(EnumSet.copyOf(builder.removalReasons));
    violations =
        builder.violations.isEmpty()
            ? Collections.emptySet()
            : Collections.unmodifiableSet(EnumSet.copyOf(builder.violations));
    validates = builder.validates;
    waits = builder.waits;
    tellsBirths = builder.tellsBirths;
    PoolSystem whole = builder.whole;
    breaker = whole == null ? Breaker.strict(id) : whole.breaker;
    guard = whole == null ? Breaker.forgiving(id) : whole.guard;
  }

  /**
   * Starts the description of a system.
   *
   * @param id value of the attribute {@code poolwatch.pool.system}, in snake case
   */
  public static Builder named(String id) {
    return new Builder(Objects.requireNonNull(id, "id"));
  }

  /** Value of the attribute {@code poolwatch.pool.system}. */
  public String id() {
    return id;
  }

  /** The outcomes that a borrow from such a pool can have. */
  public Set<BorrowOutcome> borrowOutcomes() {
    return borrowOutcomes;
  }

  /** The causes that a miss of such a pool can have. */
  public Set<MissCause> missCauses() {
    return missCauses;
  }

  /** The outcomes that a return to such a pool can have. */
  public Set<ReturnOutcome> returnOutcomes() {
    return returnOutcomes;
  }

  /** The reasons for which such a pool can part with an object. */
  public Set<RemovalReason> removalReasons() {
    return removalReasons;
  }

  /** The violations that are found in such a pool. */
  public Set<ViolationKind> violations() {
    return violations;
  }

  /** Whether such a pool validates objects. */
  public boolean validates() {
    return validates;
  }

  /** Whether a borrower of such a pool may have to wait. */
  public boolean waits() {
    return waits;
  }

  /** Whether the books of such pools know when objects were born, and so which are old. */
  public boolean tellsBirths() {
    return tellsBirths;
  }

  /** Counts the failures of the advice woven into this system's pools. */
  public Breaker breaker() {
    return breaker;
  }

  /**
   * Counts the failures to judge whether a use of such a pool's object breaks the contract. Once it
   * is open, {@link ViolationKind#USE_AFTER_RETURN} is not known of any more.
   */
  public Breaker guard() {
    return guard;
  }

  @Override
  public String toString() {
    return id;
  }

  /** Collects what a system can do; not thread-safe. */
  public static final class Builder {
    private final String id;
    private Set<BorrowOutcome> borrowOutcomes = EnumSet.of(BorrowOutcome.HIT, BorrowOutcome.MISS);
    private Set<MissCause> missCauses = EnumSet.of(MissCause.OTHER);
    private Set<ReturnOutcome> returnOutcomes = EnumSet.allOf(ReturnOutcome.class);
    private Set<RemovalReason> removalReasons = EnumSet.of(RemovalReason.POOL_GONE);
    private Set<ViolationKind> violations = Collections.emptySet();
    private boolean validates;
    private boolean waits;
    private boolean tellsBirths;
    private @Nullable PoolSystem whole;

    private Builder(String id) {
      this.id = id;
    }

    /** Replaces the borrow outcomes (default: hit and miss). */
    public Builder borrowOutcomes(Set<BorrowOutcome> outcomes) {
      borrowOutcomes = outcomes;
      return this;
    }

    /** Replaces the causes of misses (default: other). */
    public Builder missCauses(Set<MissCause> causes) {
      missCauses = causes;
      return this;
    }

    /** Replaces the return outcomes (default: all). */
    public Builder returnOutcomes(Set<ReturnOutcome> outcomes) {
      returnOutcomes = outcomes;
      return this;
    }

    /** Replaces the reasons of removals (default: pool gone). */
    public Builder removalReasons(Set<RemovalReason> reasons) {
      removalReasons = reasons;
      return this;
    }

    /** Replaces the violations that are found (default: none). */
    public Builder violations(Set<ViolationKind> kinds) {
      violations = kinds;
      return this;
    }

    /** Such pools validate their objects. */
    public Builder validating() {
      validates = true;
      return this;
    }

    /** Borrowers of such pools may have to wait. */
    public Builder waiting() {
      waits = true;
      return this;
    }

    /** The books of such pools know when objects were born. */
    public Builder tellingBirths() {
      tellsBirths = true;
      return this;
    }

    /** It is the same library as another system's, of whose pools more is known: one breaker. */
    public Builder partOf(PoolSystem other) {
      whole = other;
      return this;
    }

    /** The finished description. */
    public PoolSystem build() {
      return new PoolSystem(this);
    }
  }
}
