package example.poolmisuse;

/** Steps that a pool must refuse. */
final class Steps {
  private Steps() {}

  /** What a client does. */
  interface Step {
    void take() throws Exception;
  }

  /** Takes a step that the pool must refuse; some releases of keyed pools do it by accident. */
  static void refused(Step step) throws Exception {
    if (!isRefused(step)) {
      throw new IllegalStateException("expected to be refused");
    }
  }

  /** Takes a step; whether the pool refused it. */
  static boolean isRefused(Step step) throws Exception {
    try {
      step.take();
      return false;
    } catch (IllegalStateException | NullPointerException expected) {
      return true;
    }
  }
}
