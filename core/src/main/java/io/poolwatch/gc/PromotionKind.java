package io.poolwatch.gc;

import java.util.Locale;

/** How an object came into the old generation. */
public enum PromotionKind {
  /** It survived as many young collections as the collector asked for. */
  AGED,
  /** A full collection moved all that lived. */
  FULL,
  /** It was allocated there, being an array too large for the young generation. */
  BORN_OLD;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the metric attribute that stands for this constant, in snake case. */
  public String label() {
    return label;
  }
}
