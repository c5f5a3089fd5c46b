package io.poolwatch.collapse;

/** How a pool's hit rate was doing at its last tick. Immutable. */
public final class CollapseReading {
  private final CollapseState state;
  private final double score;

  /**
   * A reading.
   *
   * @param state the state
   * @param score the evidence of a fall over what is needed: 0 for none, 1 and more for no doubt
   */
  public CollapseReading(CollapseState state, double score) {
    this.state = state;
    this.score = score;
  }

  /** The state. */
  public CollapseState state() {
    return state;
  }

  /** The evidence of a fall over what is needed: 0 for none, 1 and more for no doubt. */
  public double score() {
    return score;
  }
}
