package io.poolwatch.agent.weave;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool library's package tells about its library: which classes, and how to weave them.
 * Implementations are stateless.
 */
public interface PoolLibrary {
  /** The library's id, as in the attribute {@code poolwatch.pool.system}. */
  String id();

  /**
   * Ends of the internal names of the classes of interest, each with a leading slash: {@code
   * /netty/util/Recycler}. Ends, so that repackaged copies are seen.
   */
  List<String> classNameEnds();

  /**
   * Makes the plan for one class. A library is woven as a whole or not at all: what one class's
   * plan takes for granted of another is checked here, through {@link ClassFamily#sibling}.
   *
   * @return the plan, or null if this class needs nothing
   * @throws ShapeMismatch if the class, or one it works with, is not of a known shape
   */
  @Nullable ClassPlan plan(ClassFamily family) throws ShapeMismatch;

  /** Whether the library can be woven although some class of it is loaded already. */
  default boolean isWovenLate() {
    return false;
  }

  /**
   * Makes the plan for one class of a copy of the library of which some class is loaded already. It
   * may change the code of methods and nothing else.
   *
   * @return the plan, or null if this class needs nothing
   * @throws ShapeMismatch if the class, or one it works with, is not of a known shape
   */
  default @Nullable ClassPlan latePlan(ClassFamily family) throws ShapeMismatch {
    throw new ShapeMismatch(family.shape().name(), "it cannot be woven once it is loaded");
  }
}
