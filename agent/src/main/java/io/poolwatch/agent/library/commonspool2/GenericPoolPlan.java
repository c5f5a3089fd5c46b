package io.poolwatch.agent.library.commonspool2;

import static io.poolwatch.agent.library.commonspool2.Names.BORROW_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.CREATE_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.GUARD_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.LATE_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.POOL_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.PRINT_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.QUARANTINE_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.REMOVAL_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.RETURN_HOOKS;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;
import java.util.List;

/** {@code GenericObjectPool} and {@code GenericKeyedObjectPool}, which differ by the key alone. */
final class GenericPoolPlan {
  private static final String MODE_END = "/DestroyMode;)V";
  private static final Site ADD_FIRST = Site.call("addFirst");
  private static final Site ADD_LAST = Site.call("addLast");
  private static final Site PUT = Site.callOn("Deque", "put");
  private static final Site POLICY = Site.callOn("EvictionPolicy", "evict");
  private static final Site POLL = Site.call("pollFirst");
  private static final Site POLL_NOW = Site.call("pollFirst", "()Ljava/lang/Object;");
  private static final Site LOOK_UP = Site.call("get", "(Ljava/lang/Object;)Ljava/lang/Object;");
  private static final Site LOOK_UP_METHOD = Site.call("getPooledObject");
  private static final List<Site> WAITS =
      List.of(
          Site.call("takeFirst", "()Ljava/lang/Object;"),
          Site.call("pollFirst", "(JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;"),
          Site.call("pollFirst", "(Ljava/time/Duration;)Ljava/lang/Object;"));

  private final ClassShape pool;
  private final ClassShape base;
  private final Lookup lookup;
  private final boolean keyed;
  private final boolean quarantines;
  private final ClassPlan plan;
  private final FactoryCalls factory;
  private final Site create;
  private final Site destroy;
  private final Arg book;

  /** The pooled record among the arguments of the pool's and the factory's methods. */
  private final Arg pooled;

  /** The plan of one pool class. */
  GenericPoolPlan(
      ClassPlan plan, ClassShape base, Lookup lookup, boolean keyed, boolean quarantines) {
    this.plan = plan;
    pool = plan.shape();
    this.base = base;
    this.lookup = lookup;
    this.keyed = keyed;
    this.quarantines = quarantines;
    book = lookup.book();
    pooled = Arg.callArg(keyed ? 1 : 0);
    factory = new FactoryCalls(lookup, pooled);
    create = Site.callOn(pool.name(), "create");
    destroy = Site.callOn(pool.name(), "destroy");
  }

  ClassPlan make() throws ShapeMismatch {
    Callers.require(
        pool,
        create,
        "borrowObject",
        "addObject",
        "ensureIdle",
        "ensureMinIdle",
        "reuseCapacity",
        "destroy");
    Callers.require(
        pool,
        destroy,
        "borrowObject",
        "returnObject",
        "invalidateObject",
        "evict",
        "clear",
        "clearOldest");
    Callers.require(pool, FactoryCalls.MAKE, "create");
    Callers.require(pool, FactoryCalls.DESTROY, "destroy");
    Callers.require(pool, FactoryCalls.VALIDATE, "borrowObject", "returnObject", "evict", "create");
    Callers.require(
        pool, ADD_FIRST, "returnObject", "addIdleObject", "ensureIdle", "ensureMinIdle");
    Callers.require(pool, PUT, "destroy");
    base.method("isClosed", "()Z");
    opening();
    borrowing();
    creating();
    shelving();
    returning();
    invalidating();
    evicting();
    clearing();
    return plan;
  }

  private Arg life(Arg pooledRecord) {
    return lookup.life(pooledRecord);
  }

  private Arg object(Arg pooledRecord) {
    return lookup.object(pooledRecord);
  }

  private Arg closed() {
    return Arg.ownCall(base.name(), "isClosed", "()Z");
  }

  private void opening() throws ShapeMismatch {
    plan.method(pool.method("<init>", Site.callOn(base.name(), "<init>")))
        .atReturn(
            lookup.isLate()
                ? Hook.call(LATE_HOOKS, "opened", Arg.self(), Arg.param(0))
                : Hook.call(POOL_HOOKS, "opened", Arg.self(), book, Arg.param(0)));
    plan.method(pool.method("close", "()V")).atEntry(Hook.call(POOL_HOOKS, "closed", book));
    if (!keyed) {
      // A keyed pool's idle limit is per key.
      plan.method(pool.method("setMaxIdle", "(I)V"))
          .atReturn(Hook.call(POOL_HOOKS, "idleLimit", book, Arg.param(0)));
    }
  }

  private void borrowing() throws ShapeMismatch {
    Site stats = Site.call("updateStatsBorrow");
    ClassShape.MethodShape method = pool.method("borrowObject", create).require(stats);
    MethodPlan borrow = plan.method(method);
    Slot outcome = borrow.intSlot();
    Slot phase = borrow.intSlot();
    Slot start = borrow.longSlot();
    Slot made = borrow.slot(Names.LIFE);
    borrow.atEntry(Hook.call(BORROW_HOOKS, "begin", book).into(start));
    borrow.before(create, Hook.call(BORROW_HOOKS, "creating").into(outcome));
    borrow.after(create, Hook.call(BORROW_HOOKS, "created", Arg.result()).into(outcome));
    borrow.after(
        create,
        Hook.call(BORROW_HOOKS, "made", Arg.result(), lookup.newLife(Arg.result())).into(made));
    int waits = 0;
    for (Site wait : WAITS) {
      waits += method.count(wait);
      borrow.before(
          wait, Hook.call(BORROW_HOOKS, "waiting", book, Arg.slot(outcome)).into(outcome));
      borrow.after(
          wait,
          Hook.call(BORROW_HOOKS, "waited", book, Arg.result(), Arg.slot(outcome)).into(outcome));
    }
    if (waits != 2 || method.count(POLL) != method.count(POLL_NOW) + 1) {
      throw new ShapeMismatch(pool.name(), "unknown ways to wait in borrowObject");
    }
    Slot taken = lookup.isLate() ? null : taking(borrow);
    factory.activates(method, borrow, phase);
    factory.validates(method, borrow, phase);
    Slot lost = borrow.intSlot();
    borrow.before(destroy, Hook.call(BORROW_HOOKS, "losing", Arg.slot(phase)).into(lost));
    borrow.before(
        destroy,
        Hook.call(REMOVAL_HOOKS, "unfit", book, pooled, life(pooled), Arg.slot(phase)).into(phase));
    if (taken != null) {
      Hook unfit = Hook.call(GUARD_HOOKS, "unfit", Arg.slot(taken)).into(taken);
      borrow.before(destroy, unfit).atThrow(unfit);
    }
    Arg handedOut = Arg.callArg(0);
    borrow.before(
        stats,
        Hook.call(
                BORROW_HOOKS,
                "lent",
                book,
                handedOut,
                life(handedOut),
                Arg.slot(made),
                Arg.slot(lost))
            .into(outcome));
    borrow.atReturn(
        Hook.call(BORROW_HOOKS, "end", book, Arg.slot(start), Arg.slot(made), Arg.result()));
    borrow.atThrow(Hook.call(BORROW_HOOKS, "failed", book, Arg.slot(outcome), Arg.slot(phase)));
  }

  /** From the activation on the object is in the borrower's hands. Gives the slot with its life. */
  private Slot taking(MethodPlan borrow) {
    Slot taken = borrow.slot(Names.LIFE);
    borrow.before(
        FactoryCalls.ACTIVATE,
        Hook.call(GUARD_HOOKS, "taken", book, pooled, life(pooled)).into(taken));
    borrow.before(
        FactoryCalls.ACTIVATE,
        Hook.call(PRINT_HOOKS, "taken", book, pooled, life(pooled), object(pooled)));
    return taken;
  }

  private void creating() throws ShapeMismatch {
    ClassShape.MethodShape method = pool.onlyMethod("create").require(FactoryCalls.MAKE);
    MethodPlan creation = plan.method(method);
    Slot built = creation.slot(Names.LIFE);
    Slot phase = creation.intSlot();
    Slot waiting = creation.intSlot();
    Slot making = creation.longSlot();
    creation.before(FactoryCalls.MAKE, Hook.call(CREATE_HOOKS, "making").into(making));
    factory.measures(creation, object(Arg.result()));
    creation.after(
        FactoryCalls.MAKE,
        Hook.call(
                CREATE_HOOKS,
                "built",
                book,
                Arg.result(),
                lookup.newLife(Arg.result()),
                object(Arg.result()),
                lookup.state(Arg.result()),
                Arg.slot(making))
            .into(built));
    if (method.has(FactoryCalls.VALIDATE)) {
      factory.validatesNew(method, creation, phase);
    }
    Site wait = Site.call("wait");
    creation.before(wait, Hook.call(CREATE_HOOKS, "waiting", book).into(waiting));
    creation.after(wait, Hook.call(CREATE_HOOKS, "waited", book, Arg.slot(waiting)).into(waiting));
    Site makeRoom = Site.call("clearOldest");
    creation.before(makeRoom, Hook.call(CREATE_HOOKS, "makingRoom"));
    creation.after(makeRoom, Hook.call(CREATE_HOOKS, "madeRoom"));
    Slot under = creation.slot("java.lang.Object");
    if (keyed) {
      // The first thing that it looks up is its own record of the key.
      if (method.count(LOOK_UP) != 1) {
        throw new ShapeMismatch(pool.name(), "unknown way to find a key in create");
      }
      creation.after(
          LOOK_UP,
          Hook.call(CREATE_HOOKS, "under", book, lookup.keyShare(Arg.result()), Arg.param(0))
              .into(under));
    }
    creation.atReturn(
        Hook.call(
            CREATE_HOOKS,
            "created",
            book,
            Arg.slot(built),
            Arg.result(),
            object(Arg.result()),
            Arg.slot(under)));
    creation.atThrow(
        Hook.call(
            CREATE_HOOKS, "failed", book, Arg.slot(built), Arg.slot(phase), Arg.slot(waiting)));
  }

  private void shelving() throws ShapeMismatch {
    shelving(pool.onlyMethod("addIdleObject").require(ADD_FIRST).require(ADD_LAST));
    for (ClassShape.MethodShape method : pool.methodsWith(ADD_FIRST)) {
      if (method.name().startsWith("ensure")) {
        shelving(method.require(ADD_LAST));
      }
    }
    for (ClassShape.MethodShape method : pool.methods("destroy")) {
      if (method.has(create)) { // 2.6.1 to 2.7.0: a new object for a waiting borrower
        shelving(method.require(PUT));
      }
    }
  }

  private void shelving(ClassShape.MethodShape method) {
    Arg added = Arg.callArg(0);
    Hook shelved = Hook.call(CREATE_HOOKS, "shelved", book, added, life(added));
    plan.method(method).before(ADD_FIRST, shelved).before(ADD_LAST, shelved).before(PUT, shelved);
  }

  private void returning() throws ShapeMismatch {
    ClassShape.MethodShape method =
        pool.method("returnObject", destroy).require(ADD_FIRST).require(ADD_LAST);
    MethodPlan giveBack = plan.method(method);
    Slot done = giveBack.intSlot();
    Slot phase = giveBack.intSlot();
    Slot drawn = giveBack.intSlot();
    if (!lookup.isLate()) {
      Hook returning = Hook.call(GUARD_HOOKS, "returning", book, pooled, life(pooled));
      giveBack.before(FactoryCalls.VALIDATE, returning).before(FactoryCalls.PASSIVATE, returning);
    }
    factory.validates(method, giveBack, phase);
    factory.passivates(method, giveBack, phase);
    Arg added = Arg.callArg(0);
    Hook kept =
        Hook.call(RETURN_HOOKS, "pooled", book, added, life(added), object(added)).into(done);
    giveBack.before(ADD_FIRST, kept).before(ADD_LAST, kept);
    giveBack.before(
        destroy,
        Hook.call(
                RETURN_HOOKS,
                "discarded",
                book,
                pooled,
                life(pooled),
                Arg.slot(phase),
                closed(),
                Arg.slot(drawn))
            .into(done));
    Slot known = looksUp(method, giveBack);
    if (quarantines) {
      quarantining(method, giveBack, Arg.slot(known), drawn);
    }
    giveBack.atReturn(Hook.call(RETURN_HOOKS, "end", book, Arg.slot(done), given()));
    giveBack.atThrow(
        Hook.call(
            RETURN_HOOKS,
            "failed",
            book,
            Arg.slot(done),
            Arg.slot(phase),
            given(),
            Arg.slot(known),
            lookup.lifeIfAny(Arg.slot(known)),
            lookup.state(Arg.slot(known)),
            Arg.result()));
  }

  /** Before the return decides whether to keep the object it asks for the idle limit, once. */
  private void quarantining(
      ClassShape.MethodShape method, MethodPlan giveBack, Arg known, Slot drawn)
      throws ShapeMismatch {
    Site limit = Site.call(keyed ? "getMaxIdlePerKey" : "getMaxIdle", "()I");
    if (method.count(limit) != 1) {
      throw new ShapeMismatch(pool.name(), "unknown way to limit idle objects");
    }
    giveBack.after(
        limit,
        Hook.call(QUARANTINE_HOOKS, "draws", book, known, life(known), object(known)).into(drawn));
    giveBack.after(
        limit,
        Hook.call(QUARANTINE_HOOKS, "limit", Arg.result(), Arg.slot(drawn)).insteadOfResult());
  }

  /** The object among the parameters of a method that takes one back. */
  private Arg given() {
    return Arg.param(keyed ? 1 : 0);
  }

  /** Keeps the record that a method finds for the object, in the slot that it gives. */
  private Slot looksUp(ClassShape.MethodShape method, MethodPlan methodPlan) throws ShapeMismatch {
    // From 2.12 on a pool without keys has a method for it.
    Site lookUp = !keyed && method.has(LOOK_UP_METHOD) ? LOOK_UP_METHOD : LOOK_UP;
    if (method.count(lookUp) != (keyed ? 2 : 1)) {
      throw new ShapeMismatch(pool.name(), "unknown way to find a record in " + method.name());
    }
    Slot known = methodPlan.slot("java.lang.Object");
    // Of a keyed pool's two the first finds the key's own pool, the second the record in there.
    methodPlan.after(lookUp, Hook.call(RETURN_HOOKS, "known", Arg.result()).into(known));
    return known;
  }

  private void invalidating() throws ShapeMismatch {
    ClassShape.MethodShape method = pool.method("invalidateObject", destroy);
    MethodPlan invalidation = plan.method(method);
    Slot behalf = invalidation.intSlot();
    Slot done = invalidation.intSlot();
    if (method.descriptor().endsWith(MODE_END)) {
      Arg mode = Arg.param(keyed ? 2 : 1);
      invalidation.atEntry(Hook.call(REMOVAL_HOOKS, "invalidating", mode).into(behalf));
    } else {
      invalidation.atEntry(Hook.call(REMOVAL_HOOKS, "invalidating").into(behalf));
      abandoning();
    }
    invalidation.before(
        destroy,
        Hook.call(REMOVAL_HOOKS, "invalidated", book, pooled, life(pooled), Arg.slot(behalf))
            .into(done));
    Slot known = looksUp(method, invalidation);
    invalidation
        .atReturn(
            Hook.call(
                REMOVAL_HOOKS,
                "invalidationEnds",
                book,
                Arg.slot(behalf),
                Arg.slot(done),
                given(),
                Arg.slot(known)))
        .atThrow(
            Hook.call(
                REMOVAL_HOOKS,
                "invalidationFails",
                book,
                Arg.slot(behalf),
                Arg.slot(done),
                given(),
                Arg.slot(known),
                Arg.result()));
  }

  private void abandoning() throws ShapeMismatch {
    if (!pool.hasMethod("removeAbandoned")) {
      return;
    }
    Site invalidate = Site.call("invalidateObject");
    Hook unmark = Hook.call(REMOVAL_HOOKS, "unmark");
    plan.method(pool.method("removeAbandoned", invalidate))
        .before(invalidate, Hook.call(REMOVAL_HOOKS, "abandoning"))
        .after(invalidate, unmark)
        .atThrow(unmark);
  }

  private void evicting() throws ShapeMismatch {
    ClassShape.MethodShape method = pool.method("evict", destroy);
    MethodPlan eviction = plan.method(method);
    Slot phase = eviction.intSlot();
    Slot handled = lookup.isLate() ? null : eviction.slot(Names.LIFE);
    if (handled != null) {
      handling(eviction, handled);
    }
    factory.activates(method, eviction, phase);
    factory.validates(method, eviction, phase);
    factory.passivates(method, eviction, phase);
    if (handled != null) {
      Hook over = Hook.call(GUARD_HOOKS, "handled", Arg.slot(handled)).into(handled);
      eviction.before(destroy, over).atThrow(over);
    }
    eviction.before(
        destroy,
        Hook.call(REMOVAL_HOOKS, "inEviction", book, pooled, life(pooled), Arg.slot(phase))
            .into(phase));
    eviction.atThrow(Hook.call(REMOVAL_HOOKS, "failed", book, Arg.slot(phase)));
  }

  /** The evictor's calls of the factory and of the policy, which an object may be idle in. */
  private void handling(MethodPlan eviction, Slot handled) {
    Arg asked = Arg.callArg(1);
    Slot printed = eviction.intSlot();
    eviction.before(POLICY, checked(asked, printed)).after(POLICY, takenAgain(asked, printed));
    // From the activation to the passivation the object is as it is when it is lent.
    eviction.before(FactoryCalls.ACTIVATE, checked(pooled, printed));
    eviction.after(FactoryCalls.PASSIVATE, takenAgain(pooled, printed));
    Hook over = Hook.call(GUARD_HOOKS, "handled", Arg.slot(handled)).into(handled);
    eviction.before(POLICY, Hook.call(GUARD_HOOKS, "handling", asked, life(asked)).into(handled));
    eviction.after(POLICY, over);
    Hook begin = Hook.call(GUARD_HOOKS, "handling", pooled, life(pooled)).into(handled);
    for (Site call :
        List.of(FactoryCalls.ACTIVATE, FactoryCalls.VALIDATE, FactoryCalls.PASSIVATE)) {
      eviction.before(call, begin).after(call, over);
    }
  }

  private Hook checked(Arg idle, Slot printed) {
    return Hook.call(PRINT_HOOKS, "handling", book, idle, life(idle), object(idle)).into(printed);
  }

  private Hook takenAgain(Arg idle, Slot printed) {
    return Hook.call(
        PRINT_HOOKS, "handled", book, idle, life(idle), object(idle), Arg.slot(printed));
  }

  private void clearing() throws ShapeMismatch {
    plan.method(pool.method("clear", destroy))
        .before(destroy, Hook.call(REMOVAL_HOOKS, "cleared", book, pooled, life(pooled), closed()));
    Arg destroyed = Arg.callArg(keyed ? 1 : 0);
    MethodPlan destruction = plan.method(pool.onlyMethod("destroy").require(FactoryCalls.DESTROY));
    if (!keyed) {
      leaving(destruction, destroyed);
      return;
    }
    MethodPlan oldest = plan.method(pool.method("clearOldest", destroy));
    Slot mark = oldest.intSlot();
    Hook unmark = Hook.call(REMOVAL_HOOKS, "unmark");
    oldest.atEntry(Hook.call(REMOVAL_HOOKS, "clearingOldest").into(mark));
    oldest.before(destroy, Hook.call(REMOVAL_HOOKS, "clearingOne", Arg.slot(mark)));
    oldest.after(destroy, unmark);
    oldest.atReturn(unmark).atThrow(unmark);
    KeyPlan.forgetting(plan, lookup);
    destruction.before(
        FactoryCalls.DESTROY,
        Hook.call(REMOVAL_HOOKS, "destroying", book, destroyed, life(destroyed)));
    leaving(destruction, destroyed);
  }

  private void leaving(MethodPlan destruction, Arg destroyed) {
    if (lookup.isLate()) {
      destruction.before(
          FactoryCalls.DESTROY, Hook.call(LATE_HOOKS, "leaving", book, life(destroyed)));
      return;
    }
    destruction.before(
        FactoryCalls.DESTROY,
        Hook.call(REMOVAL_HOOKS, "leaving", book, destroyed, life(destroyed), object(destroyed)));
    Slot leaver = destruction.slot(Names.LIFE);
    Hook gone = Hook.call(GUARD_HOOKS, "destroyed", Arg.slot(leaver)).into(leaver);
    destruction
        .before(
            FactoryCalls.DESTROY,
            Hook.call(GUARD_HOOKS, "destroying", book, destroyed, life(destroyed)).into(leaver))
        .after(FactoryCalls.DESTROY, gone)
        .atThrow(gone);
  }
}
