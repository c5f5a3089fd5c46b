package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;

/**
 * What is behind the proxies that a proxied pool lends: each call of the service's comes through
 * {@code doInvoke}, and {@code disableProxy} ends the loan.
 */
final class ProxyPlan {
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String OBJECT_FIELD = "pooledObject";

  private ProxyPlan() {}

  static ClassPlan of(ClassShape shape) throws ShapeMismatch {
    ClassPlan plan = new ClassPlan(shape);
    String kept = plan.field(Names.PROXIED_FIELD, Names.PROXIED);
    Arg object = Arg.ownField(shape.name(), OBJECT_FIELD, OBJECT);
    Arg before = Arg.ownField(shape.name(), Names.PROXIED_FIELD, kept);
    plan.method(shape.method("disableProxy", "()" + OBJECT))
        .atEntry(
            Hook.call(Names.PROXY_HOOKS, "disabling", object, before)
                .intoField(shape.name(), Names.PROXIED_FIELD, kept));
    plan.method(shape.method("doInvoke", Site.callOn(shape.name(), "validateProxiedObject")))
        .atEntry(Hook.call(Names.PROXY_HOOKS, "called", object, before, Arg.param(0)));
    return plan;
  }
}
