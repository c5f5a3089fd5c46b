package io.poolwatch.gc;

import java.util.Locale;

/** What a collection looks at. */
public enum CollectionKind {
  /** The young generation, and with G1 some of the old one. */
  YOUNG,
  /** The whole heap, with the service stopped. */
  FULL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
