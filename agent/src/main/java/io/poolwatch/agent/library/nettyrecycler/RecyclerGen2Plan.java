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
 * Generation 2, 4.1.71 to 4.1.140 and 4.2.0 to 4.2.6: a local pool a thread, with a queue that
 * other threads offer to; by 4.1.100 a batch in front of it that only the owner touches.
 *
 * <p>In 4.1.71 to 4.1.75 {@code claim} skips handles that are not available. None is: a handle gets
 * into the queue by the very step that makes it available, and only {@code claim} makes it
 * unavailable again, after taking it out. So nothing is lost there, and nothing counted.
 */
final class RecyclerGen2Plan {
  /** How a claim takes a handle out, before it makes it unavailable: from release to release. */
  private static final List<Site> TAKES =
      List.of(
          Site.call("poll"),
          Site.call("relaxedPoll"),
          Site.call("pollFirst"),
          Site.call("pollLast"));

  private RecyclerGen2Plan() {}

  static void addTo(RecyclerPlan plan) throws ShapeMismatch {
    plan.bookInConstructors();
    get(plan, Names.LOCAL_POOL, "claim", false);
    ClassPlan localPool = plan.plan(Names.LOCAL_POOL);
    localPool.field(Names.SHARE, Names.SHARE_TYPE);
    plan.quarantining(localPool.method(localPool.shape().onlyMethod("claim")), TAKES);
    claim(plan, localPool, Names.LOCAL_POOL, "claim");
    plan.release(localPool);
    plan.rejections(plan.plan(Names.DEFAULT_HANDLE), Names.LOCAL_POOL);
    plan.shareOfRemoved(Names.LOCAL_POOL, true);
  }

  /** Where the local pool gives a handle, or null. */
  static void claim(RecyclerPlan plan, ClassPlan localPool, String end, String name)
      throws ShapeMismatch {
    MethodPlan claim = localPool.method(localPool.shape().onlyMethod(name));
    claim.atReturn(Hook.call(Names.GET_HOOKS, "acquired", plan.ownShare(end), Arg.result()));
    Hook comparing = plan.comparing(end);
    if (comparing != null) {
      claim.atReturn(comparing);
    }
  }

  /**
   * The Recycler's own method. A local pool is empty at its first get, so each one gets its share
   * there, on the way to its first handle, and before anything can come back to it.
   *
   * @param withHandle whether the object's handle is passed on: where it takes its object by a
   *     method, that is enough, and this one stays small enough for the JIT to inline it
   */
  static void get(RecyclerPlan plan, String localPoolEnd, String claim, boolean withHandle)
      throws ShapeMismatch {
    ClassPlan recycler = plan.plan(Names.RECYCLER);
    MethodPlan get = recycler.method(shapeOfGet(recycler.shape(), claim));
    Slot share = get.slot(Names.SHARE_TYPE);
    Slot pooled = get.intSlot();
    Arg book = plan.ownBook();
    plan.measures(get, book, pooled);
    get.after(
            Site.call("newHandle"),
            Hook.call(
                    Names.HOOKS,
                    "confinedShare",
                    book,
                    plan.shareOf(Arg.callReceiver(), localPoolEnd),
                    Arg.callReceiver())
                .into(share))
        .after(
            Site.call("newHandle"),
            plan.intoShare(
                Hook.call(Names.HOOKS, "same", Arg.slot(share)), Arg.callReceiver(), localPoolEnd))
        .after(
            Site.call("newHandle"),
            Hook.call(Names.BUILD_HOOKS, "pooled", Arg.result()).into(pooled))
        .after(Site.call("newObject"), made(book, share, pooled, withHandle))
        .atThrow(Hook.call(Names.HOOKS, "failed", book));
  }

  static ClassShape.MethodShape shapeOfGet(ClassShape recycler, String claim) throws ShapeMismatch {
    return recycler
        .onlyMethod("get")
        .require(Site.call(claim))
        .require(Site.call("newHandle"))
        .require(Site.call("newObject"));
  }

  private static Hook made(Arg book, Slot share, Slot pooled, boolean withHandle) {
    return withHandle
        ? Hook.call(
            Names.BUILD_HOOKS,
            "madeWith",
            book,
            Arg.slot(share),
            Arg.slot(pooled),
            Arg.self(),
            Arg.result(),
            Arg.callArg(0))
        : Hook.call(
            Names.BUILD_HOOKS,
            "made",
            book,
            Arg.slot(share),
            Arg.slot(pooled),
            Arg.self(),
            Arg.result());
  }
}
