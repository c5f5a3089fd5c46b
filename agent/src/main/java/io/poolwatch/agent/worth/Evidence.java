package io.poolwatch.agent.worth;

import io.poolwatch.book.PoolIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment found out about the pools of one name. It outweighs the accounts, which know
 * two ends of an interval and not what lies between; but not what they say of a pool's size, which
 * no experiment asks. Immutable.
 */
public final class Evidence {
  /** What an experiment can say. */
  public enum Finding {
    /** Building anew costs more. */
    PAYS,
    /** Building anew costs less. */
    COSTS,
    /** Neither for certain. */
    OPEN
  }

  private final Finding finding;
  private final String reason;
  private final String figures;

  /**
   * Evidence.
   *
   * @param reason in a clause
   * @param figures that the reader can check, with what they assume
   */
  public Evidence(Finding finding, String reason, String figures) {
    this.finding = finding;
    this.reason = reason;
    this.figures = figures;
  }

  /** Figures that the reader can check, with what they assume. */
  String figures() {
    return figures;
  }

  /**
   * The verdict that follows.
   *
   * @param accounting the verdict without it; null if there is none yet
   */
  Verdict with(PoolIdentity pool, @Nullable Verdict accounting) {
    String account =
        accounting == null
            ? "not judged by accounting yet"
            : "by accounting "
                + accounting.said()
                + ", "
                + accounting.reason()
                + ": "
                + accounting.account();
    Verdict.Kind kind = kind(accounting);
    boolean sized = accounting != null && kind == accounting.kind() && accounting.size() >= 0;
    String words =
        finding == Finding.OPEN || sized
            ? (accounting == null ? "" : accounting.reason() + "; ") + "by experiment " + reason
            : reason + ", by experiment";
    return new Verdict(
        kind,
        pool,
        sized && accounting != null ? accounting.size() : Verdict.NO_SIZE,
        words,
        account,
        this);
  }

  private Verdict.Kind kind(@Nullable Verdict accounting) {
    switch (finding) {
      case COSTS:
        return Verdict.Kind.DROP;
      case PAYS:
        return accounting != null && accounting.size() != Verdict.NO_SIZE
            ? accounting.kind()
            : Verdict.Kind.KEEP;
      case OPEN:
        return accounting == null ? Verdict.Kind.UNDECIDED : accounting.kind();
    }
    throw new AssertionError(finding);
  }
}
