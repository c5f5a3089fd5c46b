package io.poolwatch.examples.receiver;

/** A value; of a histogram, the sum of its values and how many they are. Immutable. */
final class Amount {
  static final Amount ZERO = new Amount(0, 0);

  private final double value;
  private final long count;

  private Amount(double value, long count) {
    this.value = value;
    this.count = count;
  }

  static Amount of(double value) {
    return new Amount(value, 0);
  }

  static Amount ofHistogram(double sum, long count) {
    return new Amount(sum, count);
  }

  double value() {
    return value;
  }

  /** How many values a histogram holds; 0 for other kinds. */
  long count() {
    return count;
  }

  Amount plus(Amount other) {
    return new Amount(value + other.value, count + other.count);
  }

  Amount minus(Amount other) {
    return new Amount(value - other.value, count - other.count);
  }

  boolean isLessThan(Amount other) {
    return count < other.count || value < other.value;
  }
}
