package io.poolwatch.agent.library.threadlocal;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassFamily;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;

/**
 * The plan of a bundled pool that is loaded already, and may be in use: it has announced itself by
 * then, so it is found by what it does, and told of with its own fields.
 */
final class LatePlan {
  private static final String HOOKS = "io.poolwatch.woven.threadlocal.LateHooks";
  private static final String HOLDINGS = "/poolwatch/pool/Holdings";
  private static final String BLOCKS = "/poolwatch/pool/CountBlocks";
  private static final String STRING = "Ljava/lang/String;";
  private static final String SUPPLIER = "Ljava/util/function/Supplier;";
  private static final String REFERENCE = "Ljava/util/concurrent/atomic/AtomicReference;";

  private LatePlan() {}

  static ClassPlan of(ClassFamily family) throws ShapeMismatch {
    ClassShape pool = family.shape();
    ClassShape holdings = family.sibling(HOLDINGS);
    ClassShape blocks = family.sibling(BLOCKS);
    String holdingsType = "L" + holdings.name() + ";";
    String blocksType = "L" + blocks.name() + ";";
    Arg name = own(pool, "givenName", STRING);
    Arg factory = own(pool, "factory", SUPPLIER);
    require(holdings, "blocks", blocksType);
    require(blocks, "root", REFERENCE);
    Arg counts =
        Arg.field(
            Arg.field(own(pool, "holdings", holdingsType), holdings.name(), "blocks", blocksType),
            blocks.name(),
            "root",
            REFERENCE);

    ClassPlan plan = new ClassPlan(pool);
    plan.method(pool.onlyMethod("put"))
        .atEntry(Hook.call(HOOKS, "put", Arg.self(), Arg.param(0), name, factory, counts));
    plan.method(pool.method("make", Site.callOn("java/util/function/Supplier", "get")))
        .atReturn(Hook.call(HOOKS, "seen", Arg.self(), Arg.result(), name, factory, counts));
    for (String method : new String[] {"turned", "getSharedElsewhere", "putSharedElsewhere"}) {
      plan.method(pool.onlyMethod(method).require(Site.call("mark")))
          .atEntry(Hook.call(HOOKS, "turned", Arg.self(), name, factory, counts));
    }
    plan.method(pool.method("putTwice", "(L" + pool.name() + ";Ljava/lang/Object;)V"))
        .atEntry(Hook.call(HOOKS, "putTwice", Arg.param(0), Arg.param(1)));
    return plan;
  }

  private static Arg own(ClassShape pool, String field, String descriptor) throws ShapeMismatch {
    require(pool, field, descriptor);
    return Arg.ownField(pool.name(), field, descriptor);
  }

  private static void require(ClassShape shape, String field, String descriptor)
      throws ShapeMismatch {
    if (!descriptor.equals(shape.fieldDescriptor(field))) {
      throw new ShapeMismatch(shape.name(), "no field " + field + " of " + descriptor);
    }
  }
}
