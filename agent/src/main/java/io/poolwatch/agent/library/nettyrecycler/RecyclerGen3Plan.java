package io.poolwatch.agent.library.nettyrecycler;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;
import java.util.List;

/**
 * Generation 3, from 4.2.7: a local pool has a guarded form, with a handle for each object, and an
 * unguarded one, whose objects share one handle. It borrows in {@code getWith(recycler)}, because
 * it may also be pinned to a thread or shared by all, and then lies in a field of the Recycler. Of
 * the switched-off Recyclers of a JVM all use one static local pool, which gets no share; from
 * 4.2.7 on threads without fast thread locals (4.2.18: without their clean-up) are given objects by
 * {@code get} itself.
 */
final class RecyclerGen3Plan {
  private RecyclerGen3Plan() {}

  static void addTo(RecyclerPlan plan) throws ShapeMismatch {
    plan.bookInConstructors();
    get(plan);
    localPool(plan);
    getWith(plan, plan.plan(Names.GUARDED), "made");
    getWith(plan, plan.plan(Names.UNGUARDED), "madeUnguarded");
    unguarded(plan);
    plan.rejections(plan.plan(Names.DEFAULT_HANDLE), Names.LOCAL_POOL);
    plan.shareOfRemoved(Names.LOCAL_POOL, true);
  }

  private static void get(RecyclerPlan plan) throws ShapeMismatch {
    ClassPlan recycler = plan.plan(Names.RECYCLER);
    MethodPlan get = recycler.method(shapeOfGet(recycler.shape()));
    Slot asked = get.intSlot();
    Slot noShare = get.slot(Names.SHARE_TYPE);
    get.before(Site.call("getWith"), Hook.call(Names.HOOKS, "reached").into(asked))
        .after(
            Site.call("newObject"),
            Hook.call(
                Names.BUILD_HOOKS,
                "made",
                plan.ownBook(),
                Arg.slot(noShare),
                Arg.constant(0),
                Arg.self(),
                Arg.result()))
        .atThrow(Hook.call(Names.HOOKS, "failedUnless", plan.ownBook(), Arg.slot(asked)));
  }

  static ClassShape.MethodShape shapeOfGet(ClassShape recycler) throws ShapeMismatch {
    return recycler.onlyMethod("get").require(Site.call("getWith")).require(Site.call("newObject"));
  }

  private static void localPool(RecyclerPlan plan) throws ShapeMismatch {
    ClassPlan localPool = plan.plan(Names.LOCAL_POOL);
    ClassShape shape = localPool.shape();
    localPool.field(Names.SHARE, Names.SHARE_TYPE);
    String kind = localPool.field(Names.KIND, Names.KIND_TYPE);
    localPool
        .method(shape.method("<init>", "(III)V"))
        .atReturn(
            Hook.call(Names.HOOKS, "confinedKind")
                .intoField(Arg.self(), shape.name(), Names.KIND, kind));
    localPool
        .method(shape.method("<init>", "(I)V"))
        .atReturn(
            Hook.call(Names.HOOKS, "kindOfCapacity", Arg.param(0))
                .intoField(Arg.self(), shape.name(), Names.KIND, kind));
    if (shape.methods("<init>").size() != 3) {
      throw new ShapeMismatch(shape.name(), "not the three known constructors");
    }
    plan.release(localPool);
    shapeOfRelease(shape);
  }

  static ClassShape.MethodShape shapeOfRelease(ClassShape localPool) throws ShapeMismatch {
    return localPool
        .onlyMethod("release")
        .require(Site.arrayStore())
        .require(Site.call("relaxedOffer"));
  }

  /** Gets and returns of objects that their handle does not know. */
  private static void unguarded(RecyclerPlan plan) throws ShapeMismatch {
    ClassPlan localPool = plan.plan(Names.UNGUARDED);
    localPool
        .method(localPool.shape().onlyMethod("getWith"))
        .after(
            Site.call("acquire"),
            Hook.call(
                Names.UNGUARDED_HOOKS, "taken", plan.ownShare(Names.LOCAL_POOL), Arg.result()));
    ClassPlan handle = plan.plan(Names.LOCAL_POOL_HANDLE);
    Site release = Site.call("release");
    for (ClassShape.MethodShape method : handle.shape().methodsWith(release)) {
      handle
          .method(method)
          .before(
              release,
              Hook.call(
                  Names.UNGUARDED_HOOKS,
                  "given",
                  plan.shareOf(Arg.callReceiver(), Names.LOCAL_POOL),
                  Arg.callArg(0)));
    }
  }

  /**
   * The method by which a local pool serves a get.
   *
   * @param made the hook that is told of a new object
   */
  private static void getWith(RecyclerPlan plan, ClassPlan localPool, String made)
      throws ShapeMismatch {
    MethodPlan getWith = localPool.method(shapeOfGetWith(plan, localPool.shape()));
    Slot pooled = getWith.intSlot();
    Arg book = plan.bookOf(Arg.param(0));
    Arg share = plan.ownShare(Names.LOCAL_POOL);
    Arg kind =
        Arg.ownField(plan.name(Names.LOCAL_POOL), Names.KIND, Names.descriptor(Names.KIND_TYPE));
    plan.quarantining(getWith, List.of(Site.call("acquire")));
    plan.measures(getWith, book, pooled);
    getWith
        .after(Site.call("acquire"), Hook.call(Names.GET_HOOKS, "acquired", share, Arg.result()))
        .after(
            Site.call("canAllocatePooled"),
            Hook.call(Names.BUILD_HOOKS, "pooled", Arg.result()).into(pooled))
        .after(
            Site.call("canAllocatePooled"),
            plan.intoShare(
                Hook.call(Names.HOOKS, "share", book, share, Arg.self(), kind),
                Arg.self(),
                Names.LOCAL_POOL))
        .after(
            Site.call("newObject"),
            Hook.call(
                Names.BUILD_HOOKS, made, book, share, Arg.slot(pooled), Arg.param(0), Arg.result()))
        .atThrow(Hook.call(Names.HOOKS, "failed", book));
    Hook comparing = plan.comparing(Names.LOCAL_POOL);
    if (comparing != null) {
      getWith.after(Site.call("acquire"), comparing);
    }
  }

  static ClassShape.MethodShape shapeOfGetWith(RecyclerPlan plan, ClassShape localPool)
      throws ShapeMismatch {
    if (!plan.name(Names.LOCAL_POOL).equals(localPool.superName())) {
      throw new ShapeMismatch(localPool.name(), "not a subclass of LocalPool");
    }
    return localPool
        .method("getWith", "(L" + plan.name(Names.RECYCLER) + ";)Ljava/lang/Object;")
        .require(Site.call("acquire"))
        .require(Site.call("canAllocatePooled"))
        .require(Site.call("newObject"));
  }
}
