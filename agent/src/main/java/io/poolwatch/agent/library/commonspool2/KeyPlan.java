package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;

/** A keyed pool's own record of one key: has what was parted with under it. */
final class KeyPlan {
  private static final Site FORGET = Site.call("remove", "(Ljava/lang/Object;)Ljava/lang/Object;");

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

  /** Of a keyed pool, which forgets a key of which it has no object, as it thinks. */
  static void forgetting(ClassPlan pool, Lookup lookup) throws ShapeMismatch {
    pool.rareMethod(pool.shape().onlyMethod("deregister").require(FORGET))
        .after(
            FORGET,
            lookup.isLate()
                ? Hook.call(Names.LATE_HOOKS, "forgotten", Arg.self(), Arg.result())
                : Hook.call(
                    Names.REMOVAL_HOOKS,
                    "forgotten",
                    lookup.book(),
                    lookup.keyShare(Arg.result())));
  }
}
