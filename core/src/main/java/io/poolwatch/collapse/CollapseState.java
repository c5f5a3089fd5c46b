package io.poolwatch.collapse;

/** How a pool's hit rate is doing. */
public enum CollapseState {
  /** As it usually is, as far as is known. */
  OK("ok"),

  /** Worse than usual, for too short a time to be sure. */
  SUSPECT("suspect"),

  /** Worse than usual beyond doubt, until it is as usual again. */
  COLLAPSED("collapsed");

  private final String label;

  CollapseState(String label) {
    this.label = label;
  }

  /** Value of the attribute {@code poolwatch.collapse.state}. */
  public String label() {
    return label;
  }
}
