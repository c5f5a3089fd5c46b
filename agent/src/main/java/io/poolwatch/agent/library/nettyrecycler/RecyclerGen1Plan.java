package io.poolwatch.agent.library.nettyrecycler;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;

/**
 * Generation 1, 4.0.56 to 4.1.70: a stack a thread, and a queue for each thread that gives back to
 * another's stack. Every new object gets a handle; the ratio is applied as it first comes back, or
 * when the owner takes it over from a queue: then an object that was given back is dropped later.
 *
 * <p>While a handle is in a queue it does not know its stack, so each handle gets the share for
 * itself.
 */
final class RecyclerGen1Plan {
  /** Where several threads that give one object back are told apart, from 4.1.60 on. */
  static final Site RACE = Site.call("compareAndSetLastRecycledId");

  /** Where an object in a queue becomes visible to the stack's owner. */
  static final Site VISIBLE = Site.call("lazySet");

  static final Site STORED = Site.putField("size");
  static final Site RATIO = Site.call("dropHandle");
  static final Site QUEUED = Site.callOn(Names.WEAK_ORDER_QUEUE, "add");

  private RecyclerGen1Plan() {}

  static void addTo(RecyclerPlan plan) throws ShapeMismatch {
    plan.bookInConstructors();
    ClassPlan stack = plan.plan(Names.STACK);
    ClassPlan handle = plan.plan(Names.DEFAULT_HANDLE);
    stack.field(Names.SHARE, Names.SHARE_TYPE);
    handle.field(Names.SHARE, Names.SHARE_TYPE);
    openShare(plan, stack);
    RecyclerGen2Plan.get(plan, Names.STACK, "pop", true);
    RecyclerGen2Plan.claim(plan, stack, Names.STACK, "pop");
    stack
        .method(stack.shape().onlyMethod("pop"))
        .atReturn(
            Hook.call(
                Names.HANDLE_HOOKS,
                "popped",
                Arg.accessor(plan.name(Names.DEFAULT_HANDLE), Names.TRACKED_OF, Arg.result())));
    push(plan, stack);
    handle(plan, handle);
    queue(plan, plan.plan(Names.WEAK_ORDER_QUEUE));
    recycleThroughPool(plan);
    plan.shareOfRemoved(Names.STACK, false);
  }

  private static void openShare(RecyclerPlan plan, ClassPlan stack) throws ShapeMismatch {
    ClassShape.MethodShape constructor = stack.shape().onlyMethod("<init>");
    if (!constructor.descriptor().startsWith("(L" + plan.name(Names.RECYCLER) + ";")) {
      throw new ShapeMismatch(stack.shape().name(), "constructor does not take the Recycler first");
    }
    stack
        .method(constructor)
        .atReturn(
            plan.intoShare(
                Hook.call(
                    Names.HOOKS,
                    "confinedShare",
                    plan.bookOf(Arg.param(0)),
                    plan.ownShare(Names.STACK),
                    Arg.self()),
                Arg.self(),
                Names.STACK));
  }

  private static void push(RecyclerPlan plan, ClassPlan stack) throws ShapeMismatch {
    ClassShape shape = stack.shape();
    Arg share = plan.ownShare(Names.STACK);
    MethodPlan push =
        stack.method(
            shape.onlyMethod("push").require(Site.call("pushNow")).require(Site.call("pushLater")));
    push.atEntry(Hook.call(Names.RETURN_HOOKS, "releasingUnlessBack", share, Arg.param(0)));
    plan.printing(push, Names.STACK);

    MethodPlan now = stack.method(shapeOfPushNow(shape));
    Slot settled = now.intSlot();
    now.after(
            RATIO,
            Hook.call(Names.STACK_HOOKS, "refusedByRatio", share, Arg.result(), Arg.param(0))
                .into(settled))
        .after(STORED, Hook.call(Names.RETURN_HOOKS, "keptByOwner", share).into(settled))
        .after(STORED, Hook.call(Names.HANDLE_HOOKS, "idle", plan.trackedOf(Arg.param(0))))
        .atReturn(Hook.call(Names.STACK_HOOKS, "pushed", share, Arg.slot(settled), Arg.param(0)));

    MethodPlan later = stack.method(shape.onlyMethod("pushLater").require(QUEUED));
    Slot queued = later.intSlot();
    later
        .before(QUEUED, Hook.call(Names.HOOKS, "reached").into(queued))
        .atReturn(Hook.call(Names.STACK_HOOKS, "pushed", share, Arg.slot(queued), Arg.param(0)));
  }

  static ClassShape.MethodShape shapeOfPushNow(ClassShape stack) throws ShapeMismatch {
    return stack.onlyMethod("pushNow").require(STORED).require(RATIO);
  }

  private static void handle(RecyclerPlan plan, ClassPlan handle) throws ShapeMismatch {
    handle
        .method(handle.shape().method("<init>", "(L" + plan.name(Names.STACK) + ";)V"))
        .atReturn(
            plan.intoShare(
                Hook.call(Names.HOOKS, "same", plan.shareOf(Arg.param(0), Names.STACK)),
                Arg.self(),
                Names.DEFAULT_HANDLE));
    handle.shape().onlyMethod("<init>");
    plan.asksForState(handle, "lastRecycledId", plan.ownShare(Names.DEFAULT_HANDLE));
    plan.holdsTracked(handle);
    handle.accessor(Names.TRACKED_OF, Names.TRACKED);
    handle
        .method(handle.shape().method("recycle", Site.call("push")))
        .atThrow(
            Hook.call(
                Names.RETURN_HOOKS,
                "rejected",
                plan.ownShare(Names.DEFAULT_HANDLE),
                Arg.self(),
                Arg.result()));
  }

  private static void queue(RecyclerPlan plan, ClassPlan queue) throws ShapeMismatch {
    ClassShape.MethodShape shape = shapeOfAdd(plan, queue.shape());
    Site room = room(shape);
    MethodPlan add = queue.method(shape);
    Arg share = plan.shareOf(Arg.param(0), Names.DEFAULT_HANDLE);
    Slot settled = add.intSlot();
    Slot asked = add.intSlot();
    if (!shape.has(RACE)) { // to 4.1.59
      add.atEntry(Hook.call(Names.STACK_HOOKS, "givenByOther", share, Arg.param(0)));
    }
    add.after(
            RACE,
            Hook.call(Names.STACK_HOOKS, "raced", share, Arg.result(), Arg.param(0)).into(settled))
        .before(room, Hook.call(Names.HOOKS, "reached").into(asked))
        .before(VISIBLE, Hook.call(Names.STACK_HOOKS, "queued", share).into(settled))
        .before(VISIBLE, Hook.call(Names.HANDLE_HOOKS, "idle", plan.trackedOf(Arg.param(0))))
        .atReturn(
            Hook.call(
                Names.STACK_HOOKS,
                "added",
                share,
                Arg.slot(settled),
                Arg.slot(asked),
                Arg.param(0)));

    queue
        .method(shapeOfTransfer(plan, queue.shape()))
        .after(
            Site.call("dropHandle"),
            Hook.call(
                Names.STACK_HOOKS,
                "droppedAtTransfer",
                plan.shareOf(Arg.param(0), Names.STACK),
                Arg.result(),
                Arg.callArg(0)));
  }

  static ClassShape.MethodShape shapeOfAdd(RecyclerPlan plan, ClassShape queue)
      throws ShapeMismatch {
    ClassShape.MethodShape add =
        queue.method("add", "(L" + plan.name(Names.DEFAULT_HANDLE) + ";)V");
    queue.onlyMethod("add");
    return add.require(room(add)).require(VISIBLE);
  }

  /** Where a queue asks for room. */
  static Site room(ClassShape.MethodShape add) {
    return add.has(Site.call("newLink")) ? Site.call("newLink") : Site.call("reserveSpace");
  }

  static ClassShape.MethodShape shapeOfTransfer(RecyclerPlan plan, ClassShape queue)
      throws ShapeMismatch {
    return queue
        .method("transfer", "(L" + plan.name(Names.STACK) + ";)Z")
        .require(Site.call("dropHandle"));
  }

  /** The only way back in 4.0, and one beside the handle's own since. */
  private static void recycleThroughPool(RecyclerPlan plan) throws ShapeMismatch {
    ClassPlan recycler = plan.plan(Names.RECYCLER);
    MethodPlan recycle = recycler.method(shapeOfRecycle(recycler.shape()));
    Slot delegated = recycle.intSlot();
    recycle
        .before(Site.call("recycle"), Hook.call(Names.HOOKS, "reached").into(delegated))
        .atThrow(
            Hook.call(
                Names.STACK_HOOKS,
                "rejectedUnless",
                plan.ownBook(),
                Arg.slot(delegated),
                Arg.param(1),
                Arg.result()))
        .atReturn(
            Hook.call(
                Names.STACK_HOOKS,
                "recycledThroughPool",
                plan.ownBook(),
                Arg.result(),
                Arg.param(1),
                plan.noop()));
  }

  static ClassShape.MethodShape shapeOfRecycle(ClassShape recycler) throws ShapeMismatch {
    return recycler.onlyMethod("recycle").require(Site.call("recycle"));
  }
}
