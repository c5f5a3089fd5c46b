package io.poolwatch.grafana;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Colours that people who do not tell red from green can tell apart (after Okabe and Ito, and Tol's
 * muted ones), the same for the same thing in every panel.
 */
final class Colors {
  static final String BLUE = "#0072B2";

  /** Blue that can be read as text, on dark ground and on light. */
  static final String CALM = "#3D94DB";

  static final String SKY = "#56B4E9";
  static final String GREEN = "#009E73";
  static final String YELLOW = "#F0E442";
  static final String ORANGE = "#E69F00";
  static final String VERMILLION = "#D55E00";
  static final String PURPLE = "#CC79A7";
  static final String WINE = "#AA4499";
  static final String SAND = "#DDCC77";
  static final String TEAL = "#44AA99";
  static final String INDIGO = "#8877DD";
  static final String GREY = "#999999";
  static final String LIGHT_GREY = "#CCCCCC";

  /** States of a hit rate, in the order of their number. */
  static final String[] STATE_NAMES = {"ok", "suspect", "collapsed"};

  static final String[] STATE_COLORS = {CALM, YELLOW, VERMILLION};

  private Colors() {}

  static Map<String, String> of(String... namesAndColors) {
    Map<String, String> colors = new LinkedHashMap<>();
    for (int i = 0; i < namesAndColors.length; i += 2) {
      colors.put(namesAndColors[i], namesAndColors[i + 1]);
    }
    return colors;
  }

  static final Map<String, String> OUTCOMES =
      of("hit", BLUE, "miss", ORANGE, "exhausted", VERMILLION, "error", PURPLE);

  static final Map<String, String> RETURNS =
      of("pooled", BLUE, "discarded", ORANGE, "rejected", VERMILLION);

  /** Causes of misses and reasons of removals: one and the same where they are one thing. */
  static final Map<String, String> CAUSES =
      of(
          "cold", LIGHT_GREY,
          "fragmented", WINE,
          "capacity", ORANGE,
          "evicted", SKY,
          "invalid", PURPLE,
          "invalidated", PURPLE,
          "abandoned", YELLOW,
          "cleared", TEAL,
          "closed", GREY,
          "owner_gone", GREEN,
          "pool_gone", GREY,
          "leaked", VERMILLION,
          "not_admitted", SAND,
          "quarantine", BLUE,
          "quarantined", BLUE,
          "disabled", VERMILLION,
          "experiment", INDIGO,
          "error", VERMILLION,
          "other", GREY);

  static final Map<String, String> STATES =
      of("idle", SKY, "used", BLUE, "limit idle", GREY, "limit total", VERMILLION);
}
