package io.poolwatch.agent.html;

/** One line, or one layer, of a {@link Chart}. NaN is a gap. Immutable. */
public final class Trace {
  private final String label;
  private final String colour;
  private final double[] values;

  /**
   * A trace.
   *
   * @param label for the legend and the table
   * @param colour a class of the style sheet, such as {@code c3}
   */
  public Trace(String label, String colour, double[] values) {
    this.label = label;
    this.colour = colour;
    this.values = values.clone();
  }

  String label() {
    return label;
  }

  String colour() {
    return colour;
  }

  int size() {
    return values.length;
  }

  double value(int i) {
    return values[i];
  }

  /** The highest value; 0 if there is none above. */
  double highest() {
    double highest = 0;
    for (double value : values) {
      if (value > highest) {
        highest = value;
      }
    }
    return highest;
  }

  /** The last value that is known; NaN if none is. */
  double last() {
    for (int i = values.length - 1; i >= 0; i--) {
      if (!Double.isNaN(values[i])) {
        return values[i];
      }
    }
    return Double.NaN;
  }
}
