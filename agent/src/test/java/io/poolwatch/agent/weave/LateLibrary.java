package io.poolwatch.agent.weave;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weaves classes as they load in the way in which loaded ones are woven. */
public final class LateLibrary implements PoolLibrary {
  private final PoolLibrary library;

  /** Those of a library. */
  public LateLibrary(PoolLibrary library) {
    this.library = library;
  }

  @Override
  public String id() {
    return library.id();
  }

  @Override
  public List<String> classNameEnds() {
    return library.classNameEnds();
  }

  @Override
  public @Nullable ClassPlan plan(ClassFamily family) throws ShapeMismatch {
    return library.latePlan(family);
  }
}
