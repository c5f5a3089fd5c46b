package io.poolwatch.woven.commonspool2;

/**
 * Which call of the factory a method of the pool is in, or how the last one ended. Kept in a local
 * variable of the woven method: it tells why the method then destroys the object.
 */
public final class Phase {
  /** None, or the last call ended well. */
  public static final int NONE = 0;

  /** In {@code activateObject}, or it threw. */
  public static final int ACTIVATING = 1;

  /** In {@code validateObject}, or it threw. */
  public static final int VALIDATING = 2;

  /** The object failed its validation. */
  public static final int INVALID = 3;

  /** In {@code passivateObject}, or it threw. */
  public static final int PASSIVATING = 4;

  private Phase() {}

  /**
   * Sets the phase.
   *
   * @return its argument
   */
  public static int enter(int phase) {
    return phase;
  }
}
