package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;

/**
 * The pools that {@code PoolUtils.erodingPool} makes: when they shrink they invalidate instead of
 * returning, and swallow what the pool underneath throws. To the service it was a return.
 */
final class ErodingPoolPlan {
  private ErodingPoolPlan() {}

  static ClassPlan of(ClassShape shape) throws ShapeMismatch {
    ClassPlan plan = new ClassPlan(shape);
    Site invalidate = Site.call("invalidateObject");
    Hook unmark = Hook.call(Names.REMOVAL_HOOKS, "unmark");
    plan.method(shape.method("returnObject", invalidate))
        .before(invalidate, Hook.call(Names.REMOVAL_HOOKS, "eroding"))
        .after(invalidate, unmark)
        .atThrow(unmark);
    return plan;
  }
}
