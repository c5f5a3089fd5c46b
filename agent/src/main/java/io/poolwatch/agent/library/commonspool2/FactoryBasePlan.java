package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code BasePooledObjectFactory} and its keyed twin: measure what their {@code makeObject}
 * allocates for its own sake. Nothing else builds on them, so an unknown shape is left as it is.
 */
final class FactoryBasePlan {
  private static final Site CREATE = Site.call("create");
  private static final Site WRAP = Site.call("wrap");

  private FactoryBasePlan() {}

  static @Nullable ClassPlan of(ClassShape shape) throws ShapeMismatch {
    List<ClassShape.MethodShape> makers = shape.methodsWith(WRAP);
    if (makers.size() != 1 || makers.get(0).count(WRAP) != 1 || makers.get(0).count(CREATE) != 1) {
      return null;
    }
    ClassPlan plan = new ClassPlan(shape);
    String type = plan.field(Names.BESIDE_FIELD, Names.BESIDE);
    Arg beside = Arg.ownField(shape.name(), Names.BESIDE_FIELD, type);
    plan.method(shape.onlyMethod("<init>"))
        .atReturn(
            Hook.call(Names.CHECK_HOOKS, "newBeside")
                .intoField(shape.name(), Names.BESIDE_FIELD, type));
    plan.implement(Names.FACTORY_BASE);
    plan.answer(Names.BESIDE_FIELD, beside);
    MethodPlan maker = plan.method(makers.get(0));
    Slot ticket = maker.longSlot();
    maker.after(CREATE, Hook.call(Names.CHECK_HOOKS, "begins", beside).into(ticket));
    maker.before(WRAP, Hook.call(Names.CHECK_HOOKS, "ended", beside, Arg.slot(ticket)));
    return plan;
  }
}
