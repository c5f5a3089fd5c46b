package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.ClassFamily;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.PoolLibrary;
import io.poolwatch.agent.weave.ShapeMismatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weaves classes as they load in the way in which loaded ones are woven. */
final class LateLibrary implements PoolLibrary {
  private final PoolLibrary library = new CommonsPool2Library(true, false);

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
