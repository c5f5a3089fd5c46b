package io.poolwatch.agent.weave;

/** A class does not have a member that weaving relies on: an unknown version, to be left alone. */
public final class ShapeMismatch extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param className internal or binary name of the class
   * @param missing what it lacks, in words
   */
  public ShapeMismatch(String className, String missing) {
    super(className.replace('/', '.') + ": " + missing);
  }
}
