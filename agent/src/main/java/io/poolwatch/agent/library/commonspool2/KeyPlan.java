package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;

/** A keyed pool's own record of one key: has what was parted with under it. */
final class KeyPlan {
  private KeyPlan() {}

  static ClassPlan of(ClassShape shape) throws ShapeMismatch {
    ClassPlan plan = new ClassPlan(shape);
    String key = plan.field(Names.KEY_FIELD, Names.KEY_SHARE);
    plan.accessor(Names.KEY_FIELD, Names.KEY_FIELD);
    plan.method(shape.method("<init>", Site.callOn("java/lang/Object", "<init>")))
        .atReturn(
            Hook.call(Names.POOL_HOOKS, "newKey").intoField(shape.name(), Names.KEY_FIELD, key));
    return plan;
  }
}
