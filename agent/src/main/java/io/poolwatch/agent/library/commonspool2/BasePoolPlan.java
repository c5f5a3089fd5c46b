package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.ShapeMismatch;

/**
 * {@code BaseGenericObjectPool}: has the pool's book, from the end of its constructor on, so that
 * the setters that the constructors of its subclasses call find it.
 */
final class BasePoolPlan {
  private BasePoolPlan() {}

  static ClassPlan of(ClassShape shape) throws ShapeMismatch {
    ClassPlan plan = new ClassPlan(shape);
    String book = plan.field(Names.BOOK_FIELD, Names.BOOK);
    plan.method(constructor(shape))
        .atReturn(
            Hook.call(Names.POOL_HOOKS, "newBook", Arg.self(), Arg.param(2))
                .intoField(shape.name(), Names.BOOK_FIELD, book));
    limiting(plan, Names.book(shape.name()));
    return plan;
  }

  /** The same for a class that is loaded already. */
  static ClassPlan late(ClassShape shape) throws ShapeMismatch {
    ClassPlan plan = new ClassPlan(shape);
    TableLookup lookup = new TableLookup(plan, "book");
    shape.requireField("maxTotal"); // which is read of pools that are there already
    plan.method(constructor(shape))
        .atReturn(Hook.call(Names.LATE_HOOKS, "made", Arg.self(), Arg.param(2)));
    limiting(plan, lookup.book());
    return plan;
  }

  private static ClassShape.MethodShape constructor(ClassShape shape) throws ShapeMismatch {
    ClassShape.MethodShape constructor = shape.onlyMethod("<init>");
    if (!constructor.descriptor().endsWith("Ljava/lang/String;Ljava/lang/String;)V")) {
      throw new ShapeMismatch(shape.name(), "no JMX name prefix in " + constructor.descriptor());
    }
    return constructor;
  }

  private static void limiting(ClassPlan plan, Arg book) throws ShapeMismatch {
    plan.method(plan.shape().method("setMaxTotal", "(I)V"))
        .atReturn(Hook.call(Names.POOL_HOOKS, "totalLimit", book, Arg.param(0)));
  }
}
