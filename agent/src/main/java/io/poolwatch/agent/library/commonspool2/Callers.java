package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import java.util.List;

/** Refuses a class in which something is called from where no known version calls it. */
final class Callers {
  private static final String LAMBDA = "lambda$";

  private Callers() {}

  static void require(ClassShape shape, Site site, String... known) throws ShapeMismatch {
    for (ClassShape.MethodShape method : shape.methodsWith(site)) {
      if (!List.of(known).contains(source(method.name()))) {
        throw new ShapeMismatch(shape.name(), "unexpected " + site + " in " + method.name());
      }
    }
  }

  /** The method in whose source a method stands: for a lambda's body, the one around it. */
  static String source(String name) {
    if (!name.startsWith(LAMBDA)) {
      return name;
    }
    int end = name.indexOf('$', LAMBDA.length());
    return end < 0 ? name : name.substring(LAMBDA.length(), end);
  }
}
