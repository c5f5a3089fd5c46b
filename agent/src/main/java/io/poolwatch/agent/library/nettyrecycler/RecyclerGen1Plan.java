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

    Site stored = Site.putField("size");
    Site ratio = Site.call("dropHandle");
    MethodPlan now = stack.method(shape.onlyMethod("pushNow").require(stored).require(ratio));
    Slot settled = now.intSlot();
    now.after(
            ratio,
            Hook.call(Names.STACK_HOOKS, "refusedByRatio", share, Arg.result(), Arg.param(0))
                .into(settled))
        .after(stored, Hook.call(Names.RETURN_HOOKS, "keptByOwner", share).into(settled))
        .after(stored, Hook.call(Names.HANDLE_HOOKS, "idle", plan.trackedOf(Arg.param(0))))
        .atReturn(Hook.call(Names.STACK_HOOKS, "pushed", share, Arg.slot(settled), Arg.param(0)));

    Site added = Site.callOn(Names.WEAK_ORDER_QUEUE, "add");
    MethodPlan later = stack.method(shape.onlyMethod("pushLater").require(added));
    Slot queued = later.intSlot();
    later
        .before(added, Hook.call(Names.HOOKS, "reached").into(queued))
        .atReturn(Hook.call(Names.STACK_HOOKS, "pushed", share, Arg.slot(queued), Arg.param(0)));
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
    ClassShape.MethodShape shape = queue.shape().onlyMethod("add");
    Site room = shape.has(Site.call("newLink")) ? Site.call("newLink") : Site.call("reserveSpace");
    Site race = Site.call("compareAndSetLastRecycledId");
    Site visible = Site.call("lazySet");
    MethodPlan add = queue.method(shape.require(room).require(visible));
    if (!shape.descriptor().equals("(L" + plan.name(Names.DEFAULT_HANDLE) + ";)V")) {
      throw new ShapeMismatch(queue.shape().name(), "add" + shape.descriptor() + " is not known");
    }
    Arg share = plan.shareOf(Arg.param(0), Names.DEFAULT_HANDLE);
    Slot settled = add.intSlot();
    Slot asked = add.intSlot();
    if (!shape.has(race)) { // to 4.1.59
      add.atEntry(Hook.call(Names.STACK_HOOKS, "givenByOther", share, Arg.param(0)));
    }
    add.after(
            race,
            Hook.call(Names.STACK_HOOKS, "raced", share, Arg.result(), Arg.param(0)).into(settled))
        .before(room, Hook.call(Names.HOOKS, "reached").into(asked))
        .before(visible, Hook.call(Names.STACK_HOOKS, "queued", share).into(settled))
        .before(visible, Hook.call(Names.HANDLE_HOOKS, "idle", plan.trackedOf(Arg.param(0))))
        .atReturn(
            Hook.call(
                Names.STACK_HOOKS,
                "added",
                share,
                Arg.slot(settled),
                Arg.slot(asked),
                Arg.param(0)));

    ClassShape.MethodShape transfer =
        queue.shape().method("transfer", "(L" + plan.name(Names.STACK) + ";)Z");
    queue
        .method(transfer.require(Site.call("dropHandle")))
        .after(
            Site.call("dropHandle"),
            Hook.call(
                Names.STACK_HOOKS,
                "droppedAtTransfer",
                plan.shareOf(Arg.param(0), Names.STACK),
                Arg.result(),
                Arg.callArg(0)));
  }

  /** The only way back in 4.0, and one beside the handle's own since. */
  private static void recycleThroughPool(RecyclerPlan plan) throws ShapeMismatch {
    ClassPlan recycler = plan.plan(Names.RECYCLER);
    String noop = recycler.shape().fieldDescriptor("NOOP_HANDLE");
    if (noop == null) {
      throw new ShapeMismatch(recycler.shape().name(), "no field NOOP_HANDLE");
    }
    MethodPlan recycle =
        recycler.method(recycler.shape().onlyMethod("recycle").require(Site.call("recycle")));
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
                Arg.staticField(plan.name(Names.RECYCLER), "NOOP_HANDLE", noop)));
  }
}
