package io.poolwatch.agent.library.commonspool2;

import static io.poolwatch.agent.library.commonspool2.Names.BORROW_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.CREATE_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.GUARD_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.LATE_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.POOL_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.PRINT_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.REMOVAL_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.RETURN_HOOKS;
import static io.poolwatch.agent.library.commonspool2.Names.SOFT_HOOKS;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;

/**
 * {@code SoftReferenceObjectPool}. It makes a record of its own for each object, and a list of all
 * records besides the queue of the idle ones; an object is in the pool once it is in that list.
 */
final class SoftPoolPlan {
  private static final String OBJECT = "java.lang.Object";
  private static final Site OBJECT_OF_FACTORY = Site.callOn("/PooledObject", "getObject");
  private static final Site ENLIST = Site.callOn("java/util/ArrayList", "add");
  private static final Site SHELVE = Site.callOn("Deque", "add");
  private static final Site LOOK_UP = Site.call("findReference");
  private static final Site ALLOCATE = Site.call("allocate");

  private final ClassShape pool;
  private final String parent;
  private final Lookup lookup;
  private final Site objectOfRecord;
  private final Site destroy;
  private final ClassPlan plan;
  private final FactoryCalls factory;
  private final Arg book;
  private final Arg first = Arg.callArg(0);

  SoftPoolPlan(ClassPlan plan, Lookup lookup, String parent, ClassShape softRecord) {
    this.plan = plan;
    pool = plan.shape();
    this.parent = parent;
    this.lookup = lookup;
    objectOfRecord = Site.callOn(softRecord.name(), "getObject");
    destroy = Site.callOn(pool.name(), "destroy");
    book = lookup.book();
    factory = new FactoryCalls(lookup, first);
  }

  ClassPlan make() throws ShapeMismatch {
    Callers.require(pool, FactoryCalls.MAKE, "borrowObject", "addObject");
    Callers.require(pool, FactoryCalls.DESTROY, "destroy", "clear");
    Callers.require(pool, FactoryCalls.VALIDATE, "borrowObject", "returnObject", "addObject");
    Callers.require(pool, destroy, "borrowObject", "returnObject", "invalidateObject", "addObject");
    Callers.require(pool, ENLIST, "borrowObject", "addObject");
    Callers.require(pool, SHELVE, "returnObject", "addObject");
    opening();
    borrowing();
    adding();
    returning();
    invalidating();
    clearing();
    if (!lookup.isLate()) {
      destroying();
    }
    return plan;
  }

  private Arg life(Arg pooled) {
    return lookup.life(pooled);
  }

  private Arg closed() {
    return Arg.ownCall(parent, "isClosed", "()Z");
  }

  private void opening() throws ShapeMismatch {
    if (lookup.isLate()) {
      plan.method(pool.onlyMethod("<init>"))
          .atReturn(Hook.call(LATE_HOOKS, "softOpened", Arg.self(), Arg.param(0)));
      return;
    }
    String bookType = plan.field(Names.BOOK_FIELD, Names.BOOK);
    plan.method(pool.onlyMethod("<init>"))
        .atReturn(
            Hook.call(POOL_HOOKS, "newBook", Arg.self())
                .intoField(pool.name(), Names.BOOK_FIELD, bookType))
        .atReturn(Hook.call(SOFT_HOOKS, "opened", book))
        .atReturn(Hook.call(POOL_HOOKS, "opened", Arg.self(), book, Arg.param(0)));
  }

  /** Counts the making of an object; gives the slot with its life. */
  private Slot creating(ClassShape.MethodShape method, MethodPlan maker) throws ShapeMismatch {
    method.require(FactoryCalls.MAKE).require(OBJECT_OF_FACTORY).require(ENLIST);
    factory.measures(maker, lookup.object(Arg.result()));
    Slot object = maker.slot(OBJECT);
    Slot made = maker.slot(Names.LIFE);
    maker.after(OBJECT_OF_FACTORY, Hook.call(SOFT_HOOKS, "keep", Arg.result()).into(object));
    maker.before(
        ENLIST,
        Hook.call(SOFT_HOOKS, "created", book, first, lookup.newLife(first), Arg.slot(object))
            .into(made));
    return made;
  }

  private void borrowing() throws ShapeMismatch {
    ClassShape.MethodShape method = pool.onlyMethod("borrowObject").require(ALLOCATE);
    MethodPlan borrow = plan.method(method);
    Slot outcome = borrow.intSlot();
    Slot phase = borrow.intSlot();
    Slot start = borrow.longSlot();
    borrow.atEntry(Hook.call(BORROW_HOOKS, "begin", book).into(start));
    Slot made = creating(method, borrow);
    Arg looked = Arg.callReceiver();
    method.require(objectOfRecord);
    borrow.after(
        objectOfRecord, Hook.call(SOFT_HOOKS, "polled", book, looked, life(looked), Arg.result()));
    Slot taken = lookup.isLate() ? null : taking(borrow);
    factory.activates(method, borrow, phase);
    factory.validates(method, borrow, phase);
    Slot lost = borrow.intSlot();
    borrow.before(destroy, Hook.call(BORROW_HOOKS, "losing", Arg.slot(phase)).into(lost));
    borrow.before(destroy, unfit(phase));
    if (taken != null) {
      Hook unfit = Hook.call(GUARD_HOOKS, "unfit", Arg.slot(taken)).into(taken);
      borrow.before(destroy, unfit).atThrow(unfit);
    }
    borrow.before(
        ALLOCATE,
        Hook.call(BORROW_HOOKS, "lent", book, looked, life(looked), Arg.slot(made), Arg.slot(lost))
            .into(outcome));
    borrow.atReturn(
        Hook.call(BORROW_HOOKS, "end", book, Arg.slot(start), Arg.slot(made), Arg.result()));
    borrow.atThrow(Hook.call(BORROW_HOOKS, "failed", book, Arg.slot(outcome), Arg.slot(phase)));
  }

  /** From the activation on the object is in the borrower's hands. Gives the slot with its life. */
  private Slot taking(MethodPlan borrow) {
    Arg looked = Arg.callReceiver();
    Slot taken = borrow.slot(Names.LIFE);
    borrow.before(
        FactoryCalls.ACTIVATE,
        Hook.call(GUARD_HOOKS, "taken", book, first, life(first)).into(taken));
    borrow.after(
        objectOfRecord, Hook.call(PRINT_HOOKS, "taken", book, looked, life(looked), Arg.result()));
    return taken;
  }

  private Hook unfit(Slot phase) {
    return Hook.call(REMOVAL_HOOKS, "unfit", book, first, life(first), Arg.slot(phase)).into(phase);
  }

  private void adding() throws ShapeMismatch {
    ClassShape.MethodShape method = pool.onlyMethod("addObject").require(SHELVE).require(destroy);
    MethodPlan addition = plan.method(method);
    Slot phase = addition.intSlot();
    creating(method, addition);
    factory.validates(method, addition, phase);
    addition.before(destroy, unfit(phase));
    addition.before(SHELVE, Hook.call(CREATE_HOOKS, "shelved", book, first, life(first)));
    addition.atThrow(Hook.call(REMOVAL_HOOKS, "failed", book, Arg.slot(phase)));
  }

  private void returning() throws ShapeMismatch {
    ClassShape.MethodShape method =
        pool.onlyMethod("returnObject").require(SHELVE).require(destroy);
    MethodPlan giveBack = plan.method(method);
    Slot done = giveBack.intSlot();
    Slot phase = giveBack.intSlot();
    if (!lookup.isLate()) {
      Hook handling = Hook.call(GUARD_HOOKS, "returning", book, first, life(first));
      giveBack.before(FactoryCalls.VALIDATE, handling).before(FactoryCalls.PASSIVATE, handling);
    }
    factory.validates(method, giveBack, phase);
    factory.passivates(method, giveBack, phase);
    giveBack.before(
        SHELVE,
        Hook.call(RETURN_HOOKS, "pooled", book, first, life(first), Arg.param(0)).into(done));
    giveBack.before(
        destroy,
        Hook.call(
                RETURN_HOOKS,
                "discarded",
                book,
                first,
                life(first),
                Arg.slot(phase),
                closed(),
                Arg.constant(0))
            .into(done));
    giveBack.before(destroy, leaving(Arg.param(0)));
    Slot known = looksUp(method, giveBack);
    giveBack.atReturn(Hook.call(RETURN_HOOKS, "end", book, Arg.slot(done), Arg.param(0)));
    giveBack.atThrow(
        Hook.call(
            RETURN_HOOKS,
            "failed",
            book,
            Arg.slot(done),
            Arg.slot(phase),
            Arg.param(0),
            Arg.slot(known),
            lookup.lifeIfAny(Arg.slot(known)),
            lookup.state(Arg.slot(known)),
            Arg.result()));
  }

  private Hook leaving(Arg object) {
    return Hook.call(REMOVAL_HOOKS, "leaving", book, object);
  }

  private Slot looksUp(ClassShape.MethodShape method, MethodPlan methodPlan) throws ShapeMismatch {
    method.require(LOOK_UP);
    Slot known = methodPlan.slot(OBJECT);
    methodPlan.after(LOOK_UP, Hook.call(RETURN_HOOKS, "known", Arg.result()).into(known));
    return known;
  }

  private void invalidating() throws ShapeMismatch {
    ClassShape.MethodShape method = pool.onlyMethod("invalidateObject").require(destroy);
    MethodPlan invalidation = plan.method(method);
    Slot behalf = invalidation.intSlot();
    Slot done = invalidation.intSlot();
    invalidation.atEntry(Hook.call(REMOVAL_HOOKS, "invalidating").into(behalf));
    invalidation.before(
        destroy,
        Hook.call(REMOVAL_HOOKS, "invalidated", book, first, life(first), Arg.slot(behalf))
            .into(done));
    invalidation.before(destroy, leaving(Arg.param(0)));
    Slot known = looksUp(method, invalidation);
    invalidation
        .atReturn(
            Hook.call(
                REMOVAL_HOOKS,
                "invalidationEnds",
                book,
                Arg.slot(behalf),
                Arg.slot(done),
                Arg.param(0),
                Arg.slot(known)))
        .atThrow(
            Hook.call(
                REMOVAL_HOOKS,
                "invalidationFails",
                book,
                Arg.slot(behalf),
                Arg.slot(done),
                Arg.param(0),
                Arg.slot(known),
                Arg.result()));
  }

  /** While the factory destroys an object, what it calls of it is no use. */
  private void destroying() throws ShapeMismatch {
    for (ClassShape.MethodShape method : pool.methodsWith(FactoryCalls.DESTROY)) {
      MethodPlan destruction = plan.method(method);
      Slot leaver = destruction.slot(Names.LIFE);
      // One whose destruction threw, which the pool may swallow, is told by the next one's.
      Hook gone = Hook.call(GUARD_HOOKS, "destroyed", Arg.slot(leaver)).into(leaver);
      destruction
          .before(FactoryCalls.DESTROY, gone)
          .before(
              FactoryCalls.DESTROY,
              Hook.call(GUARD_HOOKS, "destroying", book, first, life(first)).into(leaver))
          .after(FactoryCalls.DESTROY, gone)
          .atReturn(gone)
          .atThrow(gone);
    }
  }

  /** {@code clear} drops all idle records, also those that the collector has cleared. */
  private void clearing() throws ShapeMismatch {
    Arg looked = Arg.callReceiver();
    boolean found = false;
    for (ClassShape.MethodShape method : pool.methodsWith(objectOfRecord)) {
      if (Callers.source(method.name()).equals("clear")) {
        if (method.isStatic()) {
          throw new ShapeMismatch(pool.name(), "no pool in " + method.name());
        }
        plan.method(method)
            .after(
                objectOfRecord,
                Hook.call(SOFT_HOOKS, "cleared", book, looked, life(looked), closed()))
            .after(objectOfRecord, leaving(Arg.result()));
        found = true;
      }
    }
    if (!found) {
      throw new ShapeMismatch(pool.name(), "no " + objectOfRecord + " in clear");
    }
    Site next = Site.callOn("java/util/Iterator", "next");
    Site remove = Site.callOn("java/util/Iterator", "remove");
    MethodPlan prune =
        plan.method(pool.onlyMethod("removeClearedReferences").require(next).require(remove));
    Slot current = prune.slot(OBJECT);
    prune.after(next, Hook.call(SOFT_HOOKS, "keep", Arg.result()).into(current));
    prune.before(
        remove, Hook.call(SOFT_HOOKS, "pruned", book, Arg.slot(current), life(Arg.slot(current))));
  }
}
