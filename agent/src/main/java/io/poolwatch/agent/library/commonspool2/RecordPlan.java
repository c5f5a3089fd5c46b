package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;

/** {@code DefaultPooledObject}, the library's record of one object: has the object's life. */
final class RecordPlan {
  /** After it the constructor sets the record's own fields. */
  private static final Site OWN_BEGIN = Site.callOn("java/lang/Object", "<init>");

  private RecordPlan() {}

  static ClassPlan of(ClassShape shape) throws ShapeMismatch {
    ClassPlan plan = new ClassPlan(shape);
    String life = plan.field(Names.LIFE_FIELD, Names.LIFE);
    plan.accessor(Names.LIFE_FIELD, Names.LIFE_FIELD);
    plan.accessorOfOwn(Names.OBJECT_ACCESSOR, Names.OBJECT_FIELD);
    plan.accessorOfOwn(Names.STATE_ACCESSOR, Names.STATE_FIELD);
    MethodPlan made = plan.method(shape.method("<init>", OWN_BEGIN));
    Slot ticket = made.longSlot();
    made.after(OWN_BEGIN, Hook.call(Names.WRAP_HOOKS, "begins").into(ticket));
    made.atReturn(Hook.call(Names.WRAP_HOOKS, "ended", Arg.slot(ticket)));
    made.atReturn(
        Hook.call(Names.POOL_HOOKS, "newLife").intoField(shape.name(), Names.LIFE_FIELD, life));
    return plan;
  }
}
