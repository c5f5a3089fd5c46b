package io.poolwatch.examples.load;

/** Requests a second: steady, or rising evenly from the start to the end. Immutable. */
final class Rate {
  private final int first;
  private final int last;

  Rate(int first, int last) {
    this.first = first;
    this.last = last;
  }

  /** The time between two requests when so much of the load is over, from 0 to 1. */
  long nanosBetween(double over) {
    return (long) (1e9 / (first + (last - first) * over));
  }
}
