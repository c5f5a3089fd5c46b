package io.poolwatch.violation;

/** An object of the service's: equal to every other one, and not to be asked. */
final class Touchy {
  @Override
  public boolean equals(Object other) {
    throw new AssertionError("equals was called");
  }

  @Override
  public int hashCode() {
    throw new AssertionError("hashCode was called");
  }

  @Override
  public String toString() {
    throw new AssertionError("toString was called");
  }
}
