package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;

/** {@code DefaultPooledObject}, the library's record of one object: has the object's life. */
final class RecordPlan {
  private RecordPlan() {}

  static ClassPlan of(ClassShape shape) throws ShapeMismatch {
    ClassPlan plan = new ClassPlan(shape);
    String life = plan.field(Names.LIFE_FIELD, Names.LIFE);
    plan.accessor(Names.LIFE_FIELD, Names.LIFE_FIELD);
    plan.accessorOfOwn(Names.OBJECT_ACCESSOR, Names.OBJECT_FIELD);
    plan.accessorOfOwn(Names.STATE_ACCESSOR, Names.STATE_FIELD);
    plan.method(shape.method("<init>", Site.callOn("java/lang/Object", "<init>")))
        .atReturn(
            Hook.call(Names.POOL_HOOKS, "newLife").intoField(shape.name(), Names.LIFE_FIELD, life));
    return plan;
  }
}
