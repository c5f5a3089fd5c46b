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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plans of all classes of one copy of the Recycler, and the parts that generations share. */
final class RecyclerPlan {
  private static final String BOOK_DESCRIPTOR = Names.descriptor(Names.BOOK_TYPE);
  private static final String SHARE_DESCRIPTOR = Names.descriptor(Names.SHARE_TYPE);

  private static final String TRACKED_DESCRIPTOR = Names.descriptor(Names.TRACKED_TYPE);

  private final ClassFamily family;
  private final Set<Extra> extras;
  private final Map<String, ClassPlan> plans = new LinkedHashMap<>();

  RecyclerPlan(ClassFamily family, Set<Extra> extras) {
    this.family = family;
    this.extras = extras;
  }

  /** The plan of a class, or null if it needs nothing. */
  @Nullable ClassPlan of(String end) {
    return plans.get(end);
  }

  /** The plan of a class that must exist, made at the first call. */
  ClassPlan plan(String end) throws ShapeMismatch {
    ClassPlan plan = plans.get(end);
    if (plan == null) {
      plan = new ClassPlan(family.sibling(end));
      plans.put(end, plan);
    }
    return plan;
  }

  /** Internal name of a class of this copy. */
  String name(String end) {
    return family.nameOf(end);
  }

  /** Gives the Recycler its book, at the end of whichever constructor comes first. */
  void bookInConstructors() throws ShapeMismatch {
    ClassPlan recycler = plan(Names.RECYCLER);
    recycler.shape().onlyMethod("get");
    recycler.shape().onlyMethod("newObject");
    recycler.field(Names.BOOK, Names.BOOK_TYPE);
    for (ClassShape.MethodShape constructor : recycler.shape().methods("<init>")) {
      recycler
          .method(constructor)
          .atReturn(
              Hook.call(Names.HOOKS, "book", Arg.self(), ownBook())
                  .intoField(Arg.self(), name(Names.RECYCLER), Names.BOOK, BOOK_DESCRIPTOR));
    }
  }

  /**
   * Empties the share when a thread removes its local pool.
   *
   * @param required whether this generation is known to have such code
   */
  void shareOfRemoved(String localPoolEnd, boolean required) throws ShapeMismatch {
    String descriptor = "(L" + name(localPoolEnd) + ";)V";
    for (String end : Names.ANONYMOUS) {
      ClassShape candidate = family.findSibling(end);
      if (candidate == null) {
        break;
      }
      for (ClassShape.MethodShape method : candidate.methods("onRemoval")) {
        if (method.descriptor().equals(descriptor)) {
          plan(end)
              .method(method)
              .atReturn(Hook.call(Names.HOOKS, "removed", shareOf(Arg.param(0), localPoolEnd)));
          return;
        }
      }
    }
    if (required) {
      throw new ShapeMismatch(name(Names.RECYCLER), "no thread local with onRemoval" + descriptor);
    }
  }

  /** What a local pool does as an object comes back, from generation 2 on. */
  void release(ClassPlan localPool) throws ShapeMismatch {
    ClassShape.MethodShape release = localPool.shape().onlyMethod("release");
    Arg share = ownShare(Names.LOCAL_POOL);
    MethodPlan plan = localPool.method(release);
    // Generation 2 refuses a second return in here, generation 3 before it.
    String releasing = release.has(Site.call("toAvailable")) ? "releasingUnlessBack" : "releasing";
    plan.atEntry(Hook.call(Names.RETURN_HOOKS, releasing, share, Arg.param(0)))
        .after(Site.putField("pooledHandles"), Hook.call(Names.HOOKS, "removed", share));
    settling(plan, release, share);
    printing(plan, Names.LOCAL_POOL);
  }

  /** What becomes of an object that is released. */
  static void settling(MethodPlan plan, ClassShape.MethodShape release, Arg share)
      throws ShapeMismatch {
    Site kept = release.has(Site.call("accept")) ? Site.call("accept") : Site.arrayStore();
    Site offered =
        release.has(Site.call("relaxedOffer")) ? Site.call("relaxedOffer") : Site.call("offer");
    release.require(offered);
    Slot settled = plan.intSlot();
    plan.after(kept, Hook.call(Names.RETURN_HOOKS, "keptByOwner", share).into(settled))
        .after(
            offered,
            Hook.call(Names.RETURN_HOOKS, "offered", share, Arg.result(), Arg.param(0))
                .into(settled))
        .atReturn(
            Hook.call(Names.RETURN_HOOKS, "released", share, Arg.slot(settled), Arg.param(0)));
  }

  /**
   * Has what is put back looked at, in the ways that are wished, at the entry of a method that
   * takes a handle.
   */
  void printing(MethodPlan method, String localPoolEnd) {
    if (extras.contains(Extra.FINGERPRINTS)) {
      method.atEntry(
          Hook.call(Names.RETURN_HOOKS, "printing", ownShare(localPoolEnd), Arg.param(0)));
    }
    if (extras.contains(Extra.RESETS)) {
      method.atEntry(
          Hook.call(Names.RETURN_HOOKS, "resetting", ownShare(localPoolEnd), Arg.param(0)));
    }
  }

  /** The hook that compares the content of what is taken out; null if that is not wished. */
  @Nullable Hook comparing(String localPoolEnd) {
    return extras.contains(Extra.FINGERPRINTS)
        ? Hook.call(Names.GET_HOOKS, "comparing", ownShare(localPoolEnd), Arg.result())
        : null;
  }

  /** Keeps some objects from being taken out, at the sites of a method that do that. */
  void quarantining(MethodPlan method, List<Site> takes) {
    if (extras.contains(Extra.QUARANTINE)) {
      for (Site take : takes) {
        method.after(
            take,
            Hook.call(Names.GET_HOOKS, "passingOn", ownShare(Names.LOCAL_POOL), Arg.result())
                .insteadOfResult());
      }
    }
  }

  /**
   * Lets gets be served by an object with the handle of a switched-off Recycler, which takes
   * nothing back.
   */
  void experimenting() throws ShapeMismatch {
    if (!extras.contains(Extra.EXPERIMENT)) {
      return;
    }
    ClassPlan recycler = plan(Names.RECYCLER);
    ClassShape shape = recycler.shape();
    recycler.caller(
        Names.UNPOOLED,
        shape.onlyMethod("newObject"),
        noop(),
        Hook.call(Names.UNPOOLED_HOOKS, "made", ownBook()));
    recycler
        .method(shape.onlyMethod("get"))
        .insteadWhen(Hook.call(Names.UNPOOLED_HOOKS, "isDue", ownBook()), Names.UNPOOLED);
  }

  /**
   * Measures calls of the factory, of which {@code pooled} says that the object can come back; to
   * be added before any other hook after the call.
   */
  void measures(MethodPlan method, Arg book, Slot pooled) {
    Site build = Site.call("newObject");
    Slot ticket = method.longSlot();
    Slot classes = method.longSlot();
    Slot start = method.longSlot();
    method
        .before(
            build, Hook.call(Names.BUILD_HOOKS, "building", book, Arg.slot(pooled)).into(ticket))
        .before(build, Hook.call(Names.BUILD_HOOKS, "classes", Arg.slot(ticket)).into(classes))
        .before(build, Hook.call(Names.BUILD_HOOKS, "clock", Arg.slot(ticket)).into(start))
        .after(
            build,
            Hook.call(
                Names.BUILD_HOOKS,
                "built",
                book,
                Arg.slot(ticket),
                Arg.slot(classes),
                Arg.slot(start),
                Arg.result()));
  }

  /** Counts the returns that a handle refuses. */
  void rejections(ClassPlan handle, String localPoolEnd) throws ShapeMismatch {
    String localPoolDescriptor = handle.shape().fieldDescriptor("localPool");
    if (localPoolDescriptor == null) {
      throw new ShapeMismatch(handle.shape().name(), "no field localPool");
    }
    Arg localPool = Arg.ownField(handle.shape().name(), "localPool", localPoolDescriptor);
    asksForState(handle, "state", shareOf(localPool, localPoolEnd));
    tellsTracked(
        handle,
        List.of("toClaimed", "claim", "availableToClaim"),
        List.of("toAvailable", "unguardedToAvailable"));
    handle
        .method(handle.shape().onlyMethod("set"))
        .atReturn(
            Hook.call(
                Names.HANDLE_HOOKS,
                "tracks",
                shareOf(localPool, localPoolEnd),
                Arg.self(),
                Arg.param(0)));
    handle.shape().onlyMethod("recycle");
    for (String method : new String[] {"recycle", "unguardedRecycle"}) {
      for (ClassShape.MethodShape shape : handle.shape().methods(method)) {
        shape.require(Site.call("release"));
        handle
            .method(shape)
            .atThrow(
                Hook.call(
                    Names.RETURN_HOOKS,
                    "rejected",
                    shareOf(localPool, localPoolEnd),
                    Arg.self(),
                    Arg.result()));
      }
    }
  }

  /**
   * Lets the guard ask a handle whether its object is lent.
   *
   * @param state the field that is 0 as long as it is
   */
  void asksForState(ClassPlan handle, String state, Arg share) {
    if (!"I".equals(handle.shape().fieldDescriptor(state))) {
      return; // objects of an unknown release are not guarded
    }
    handle.implement(Names.POOLED_HANDLE);
    handle.answer("poolwatch$state", Arg.ownField(handle.shape().name(), state, "I"));
    handle.answer("poolwatch$share", share);
  }

  /**
   * Lets the guard ask a handle that knows nothing. Before JDK 23 the JVM searches all interfaces
   * of a class, for some 20 ns, whenever it is asked for one that is not among them; and of the
   * objects that a Recycler makes, seven of eight have such a handle by default.
   */
  void asksInVain(String end) throws ShapeMismatch {
    ClassShape handle = family.findSibling(end);
    // The other classes of such names are thread locals; a handle of 4.0 has no method at all.
    if (handle != null && handle.methods("initialValue").isEmpty()) {
      ClassPlan plan = plan(end);
      plan.implement(Names.POOLED_HANDLE);
      plan.answer("poolwatch$state", Arg.constant(0));
      plan.answer("poolwatch$share", Arg.nothing(SHARE_DESCRIPTOR));
    }
  }

  /**
   * Gives each handle a field for its tracked object, which the library's own steps then tell where
   * the object is.
   *
   * @param claims names of the methods by which a handle becomes lent, of which some exist
   * @param returns the same for those by which it becomes idle
   */
  void tellsTracked(ClassPlan handle, List<String> claims, List<String> returns) {
    ClassShape shape = handle.shape();
    if (methods(shape, claims).isEmpty() || methods(shape, returns).isEmpty()) {
      return; // of an unknown release: what is tenured is estimated
    }
    holdsTracked(handle);
    Arg tracked = Arg.ownField(shape.name(), Names.TRACKED, TRACKED_DESCRIPTOR);
    for (ClassShape.MethodShape claim : methods(shape, claims)) {
      handle.method(claim).atReturn(Hook.call(Names.HANDLE_HOOKS, "lent", tracked));
    }
    for (ClassShape.MethodShape back : methods(shape, returns)) {
      handle.method(back).atReturn(Hook.call(Names.HANDLE_HOOKS, "idle", tracked));
    }
  }

  private static List<ClassShape.MethodShape> methods(ClassShape shape, List<String> names) {
    List<ClassShape.MethodShape> found = new ArrayList<>();
    for (String name : names) {
      found.addAll(shape.methods(name));
    }
    return found;
  }

  /** The same without the telling. */
  void holdsTracked(ClassPlan handle) {
    handle.field(Names.TRACKED, Names.TRACKED_TYPE);
    handle.answer(
        Names.TRACKED, Arg.ownField(handle.shape().name(), Names.TRACKED, TRACKED_DESCRIPTOR));
    handle.setter(Names.TRACKED, Names.TRACKED);
  }

  /** The tracked object of a handle that is not null. */
  Arg trackedOf(Arg handle) {
    return Arg.field(handle, name(Names.DEFAULT_HANDLE), Names.TRACKED, TRACKED_DESCRIPTOR);
  }

  /** The handle of objects that are never taken back; for methods of the Recycler. */
  Arg noop() throws ShapeMismatch {
    ClassShape recycler = plan(Names.RECYCLER).shape();
    String descriptor = recycler.fieldDescriptor("NOOP_HANDLE");
    if (descriptor == null) {
      throw new ShapeMismatch(recycler.name(), "no field NOOP_HANDLE");
    }
    return Arg.staticField(recycler.name(), "NOOP_HANDLE", descriptor);
  }

  /** The book of the Recycler whose method it is. */
  Arg ownBook() {
    return Arg.ownField(name(Names.RECYCLER), Names.BOOK, BOOK_DESCRIPTOR);
  }

  /** The book of a Recycler. */
  Arg bookOf(Arg recycler) {
    return Arg.field(recycler, name(Names.RECYCLER), Names.BOOK, BOOK_DESCRIPTOR);
  }

  /** The share of the local pool whose method it is. */
  Arg ownShare(String localPoolEnd) {
    return Arg.ownField(name(localPoolEnd), Names.SHARE, SHARE_DESCRIPTOR);
  }

  /** The share of a local pool. */
  Arg shareOf(Arg localPool, String localPoolEnd) {
    return Arg.field(localPool, name(localPoolEnd), Names.SHARE, SHARE_DESCRIPTOR);
  }

  /** The hook, whose result becomes the share of a local pool. */
  Hook intoShare(Hook hook, Arg localPool, String localPoolEnd) {
    return hook.intoField(localPool, name(localPoolEnd), Names.SHARE, SHARE_DESCRIPTOR);
  }
}
