package io.poolwatch.agent.library.nettyrecycler;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassFamily;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plans of a copy of the Recycler of which classes are loaded already, in all generations. The
 * same places are woven as in one that loads, by far fewer hooks: those that count what comes and
 * goes. A share is looked up by the identity of its local pool.
 */
final class LatePlan {
  private static final Site BUILD = Site.call("newObject");
  private static final Site NEW_HANDLE = Site.call("newHandle");
  private static final Site ADMITS = Site.call("canAllocatePooled");

  private final RecyclerPlan plan;

  private LatePlan(RecyclerPlan plan) {
    this.plan = plan;
  }

  /** The plan of one class, or null if it needs nothing; that of all is made. */
  static @Nullable ClassPlan of(ClassFamily family) throws ShapeMismatch {
    LatePlan late = new LatePlan(new RecyclerPlan(family, EnumSet.noneOf(Extra.class)));
    if (family.findSibling(Names.STACK) != null) {
      late.generation1();
    } else if (family.findSibling(Names.GUARDED) != null) {
      late.generation3();
    } else {
      late.generation2();
    }
    return late.plan.of(family.end());
  }

  private void generation1() throws ShapeMismatch {
    get("pop");
    recycleThroughPool();
    ClassPlan stack = plan.plan(Names.STACK);
    push(stack);
    ClassPlan handle = plan.plan(Names.DEFAULT_HANDLE);
    rejections(handle, List.of("recycle"), Site.call("push"), "stack");
    queue(plan.plan(Names.WEAK_ORDER_QUEUE), stackOf(handle.shape(), Arg.param(0)));
  }

  private void generation2() throws ShapeMismatch {
    get("claim");
    release(plan.plan(Names.LOCAL_POOL).shape().onlyMethod("release"));
    rejections(
        plan.plan(Names.DEFAULT_HANDLE),
        List.of("recycle", "unguardedRecycle"),
        Site.call("release"),
        "localPool");
  }

  private void generation3() throws ShapeMismatch {
    ClassPlan recycler = plan.plan(Names.RECYCLER);
    recycler.shape().requireField("localPool"); // which is read as a share is opened
    MethodPlan get = recycler.method(RecyclerGen3Plan.shapeOfGet(recycler.shape()));
    Slot asked = get.intSlot();
    Slot noShare = get.slot(Names.SHARE_TYPE);
    get.before(Site.call("getWith"), Hook.call(Names.HOOKS, "reached").into(asked))
        .after(BUILD, late("made", Arg.self(), Arg.slot(noShare), Arg.constant(0), Arg.result()))
        .atThrow(late("failedUnless", Arg.self(), Arg.slot(asked)));

    ClassPlan localPool = plan.plan(Names.LOCAL_POOL);
    String interval = "ratioInterval";
    if (!"I".equals(localPool.shape().fieldDescriptor(interval))) {
      throw new ShapeMismatch(localPool.shape().name(), "no number " + interval);
    }
    localPool
        .method(localPool.shape().onlyMethod("canAllocatePooled"))
        .atEntry(late("admits", Arg.self(), Arg.ownField(localPool.shape().name(), interval, "I")));
    release(RecyclerGen3Plan.shapeOfRelease(localPool.shape()));
    getWith(plan.plan(Names.GUARDED));
    getWith(plan.plan(Names.UNGUARDED));
    rejections(
        plan.plan(Names.DEFAULT_HANDLE),
        List.of("recycle", "unguardedRecycle"),
        Site.call("release"),
        "localPool");
  }

  /** The Recycler's own method, to generation 2. */
  private void get(String claim) throws ShapeMismatch {
    ClassPlan recycler = plan.plan(Names.RECYCLER);
    MethodPlan get = recycler.method(RecyclerGen2Plan.shapeOfGet(recycler.shape(), claim));
    Slot share = get.slot(Names.SHARE_TYPE);
    Slot pooled = get.intSlot();
    get.after(Site.call(claim), late("got", Arg.self(), Arg.callReceiver(), Arg.result()))
        .after(NEW_HANDLE, late("missed", Arg.self(), Arg.callReceiver()).into(share))
        .after(NEW_HANDLE, Hook.call(Names.BUILD_HOOKS, "pooled", Arg.result()).into(pooled))
        .after(BUILD, late("made", Arg.self(), Arg.slot(share), Arg.slot(pooled), Arg.result()))
        .atThrow(late("failed", Arg.self()));
  }

  /** The local pool's, in generation 3. */
  private void getWith(ClassPlan localPool) throws ShapeMismatch {
    MethodPlan getWith = localPool.method(RecyclerGen3Plan.shapeOfGetWith(plan, localPool.shape()));
    Slot pooled = getWith.intSlot();
    getWith
        .after(Site.call("acquire"), late("got", Arg.param(0), Arg.self(), Arg.result()))
        .after(ADMITS, Hook.call(Names.BUILD_HOOKS, "pooled", Arg.result()).into(pooled))
        .after(BUILD, late("madeIn", Arg.param(0), Arg.self(), Arg.slot(pooled), Arg.result()))
        .atThrow(late("failed", Arg.param(0)));
  }

  private void release(ClassShape.MethodShape shape) throws ShapeMismatch {
    MethodPlan release = plan.plan(Names.LOCAL_POOL).method(shape);
    RecyclerPlan.settling(release, shape, releasing(release));
  }

  /** Looks the share of {@code this} up, and ends the loan of what is given back. */
  private static Arg releasing(MethodPlan method) {
    Arg share = shareOf(method, Arg.self());
    method.atEntry(late("releasing", share, Arg.param(0)));
    return share;
  }

  private static Arg shareOf(MethodPlan method, Arg localPool) {
    Slot share = method.slot(Names.SHARE_TYPE);
    method.atEntry(late("share", localPool).into(share));
    return Arg.slot(share);
  }

  private void rejections(ClassPlan handle, List<String> methods, Site goesOn, String field)
      throws ShapeMismatch {
    String descriptor = handle.shape().fieldDescriptor(field);
    if (descriptor == null) {
      throw new ShapeMismatch(handle.shape().name(), "no field " + field);
    }
    Arg localPool = Arg.asObject(Arg.ownField(handle.shape().name(), field, descriptor));
    handle.shape().onlyMethod(methods.get(0));
    for (String method : methods) {
      for (ClassShape.MethodShape shape : handle.shape().methods(method)) {
        handle
            .method(shape.require(goesOn))
            .atThrow(late("rejected", localPool, Arg.self(), Arg.result()));
      }
    }
  }

  private void push(ClassPlan stack) throws ShapeMismatch {
    stack.shape().onlyMethod("push").require(Site.call("pushNow")).require(Site.call("pushLater"));
    MethodPlan now = stack.method(RecyclerGen1Plan.shapeOfPushNow(stack.shape()));
    Arg share = releasing(now);
    Slot settled = now.intSlot();
    now.after(
            RecyclerGen1Plan.RATIO,
            Hook.call(Names.STACK_HOOKS, "refusedByRatio", share, Arg.result(), Arg.param(0))
                .into(settled))
        .after(
            RecyclerGen1Plan.STORED,
            Hook.call(Names.RETURN_HOOKS, "keptByOwner", share).into(settled))
        .atReturn(Hook.call(Names.STACK_HOOKS, "pushed", share, Arg.slot(settled), Arg.param(0)));

    MethodPlan later =
        stack.method(stack.shape().onlyMethod("pushLater").require(RecyclerGen1Plan.QUEUED));
    Arg same = releasing(later);
    Slot queued = later.intSlot();
    later
        .before(RecyclerGen1Plan.QUEUED, Hook.call(Names.HOOKS, "reached").into(queued))
        .atReturn(Hook.call(Names.STACK_HOOKS, "pushed", same, Arg.slot(queued), Arg.param(0)));
  }

  /** What a queue knows of the stack it belongs to is its handles', until they are in it. */
  private void queue(ClassPlan queue, Arg stackOfHandle) throws ShapeMismatch {
    ClassShape.MethodShape shape = RecyclerGen1Plan.shapeOfAdd(plan, queue.shape());
    MethodPlan add = queue.method(shape);
    Arg share = shareOf(add, stackOfHandle);
    Slot settled = add.intSlot();
    Slot asked = add.intSlot();
    add.after(
            RecyclerGen1Plan.RACE,
            Hook.call(Names.STACK_HOOKS, "raced", share, Arg.result(), Arg.param(0)).into(settled))
        .before(RecyclerGen1Plan.room(shape), Hook.call(Names.HOOKS, "reached").into(asked))
        .before(
            RecyclerGen1Plan.VISIBLE, Hook.call(Names.STACK_HOOKS, "queued", share).into(settled))
        .atReturn(
            Hook.call(
                Names.STACK_HOOKS,
                "added",
                share,
                Arg.slot(settled),
                Arg.slot(asked),
                Arg.param(0)));

    MethodPlan transfer = queue.method(RecyclerGen1Plan.shapeOfTransfer(plan, queue.shape()));
    transfer.after(
        RecyclerGen1Plan.RATIO,
        Hook.call(
            Names.STACK_HOOKS,
            "droppedAtTransfer",
            shareOf(transfer, Arg.param(0)),
            Arg.result(),
            Arg.callArg(0)));
  }

  /** The stack of a handle, whose field is private in old releases. */
  private Arg stackOf(ClassShape handle, Arg of) throws ShapeMismatch {
    String stack = "L" + plan.name(Names.STACK) + ";";
    if (!stack.equals(handle.fieldDescriptor("stack"))) {
      throw new ShapeMismatch(handle.name(), "no field stack of a stack");
    }
    ClassShape.MethodShape accessor = handle.findStatic("(L" + handle.name() + ";)" + stack);
    return accessor == null
        ? Arg.asObject(Arg.field(of, handle.name(), "stack", stack))
        : Arg.read(handle.name(), accessor.name(), accessor.descriptor(), of);
  }

  private void recycleThroughPool() throws ShapeMismatch {
    ClassPlan recycler = plan.plan(Names.RECYCLER);
    MethodPlan recycle = recycler.method(RecyclerGen1Plan.shapeOfRecycle(recycler.shape()));
    Slot delegated = recycle.intSlot();
    recycle
        .before(Site.call("recycle"), Hook.call(Names.HOOKS, "reached").into(delegated))
        .atThrow(
            late("rejectedUnless", Arg.self(), Arg.slot(delegated), Arg.param(1), Arg.result()))
        .atReturn(late("recycledThroughPool", Arg.self(), Arg.result(), Arg.param(1), plan.noop()));
  }

  private static Hook late(String hook, Arg... args) {
    return Hook.call(Names.LATE_HOOKS, hook, args);
  }
}
