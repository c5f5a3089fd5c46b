package io.poolwatch.gc;

import java.util.Locale;

/** How well it is known what a collection promoted. */
public enum Certainty {
  /** The collector said what is needed. */
  KNOWN,
  /** It was concluded from its neighbours, or something may have moved objects out of turn. */
  ESTIMATED,
  /** Nothing can be said, and nothing is: its promotions are seen at later collections. */
  UNKNOWN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
