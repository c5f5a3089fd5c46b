package io.poolwatch.otel;

import java.util.Locale;

/** Which part of the agent failed. None of these failures ever reached the service. */
public enum AgentFailure {
  /** Advice woven into a pool threw, and was caught. */
  ADVICE,
  /** A class could not be woven, and runs as it was. */
  WEAVING,
  /**
   * The guard could not judge a use of an object, which went on; the service's stack or heap may
   * have ended there.
   */
  GUARD;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
