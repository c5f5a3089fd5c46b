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
    ClassShape.MethodShape constructor = shape.onlyMethod("<init>");
    if (!constructor.descriptor().endsWith("Ljava/lang/String;Ljava/lang/String;)V")) {
      throw new ShapeMismatch(shape.name(), "no JMX name prefix in " + constructor.descriptor());
    }
    plan.method(constructor)
        .atReturn(
            Hook.call(Names.POOL_HOOKS, "newBook", Arg.self(), Arg.param(2))
                .intoField(shape.name(), Names.BOOK_FIELD, book));
    plan.method(shape.method("setMaxTotal", "(I)V"))
        .atReturn(
            Hook.call(Names.POOL_HOOKS, "totalLimit", Names.book(shape.name()), Arg.param(0)));
    return plan;
  }
}
