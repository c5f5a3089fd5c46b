package io.poolwatch.agent.library.commonspool2;

import static io.poolwatch.agent.library.commonspool2.Names.UNPOOLED_HOOKS;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.Calls;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;
import java.util.List;

/**
 * {@code GenericObjectPool} where an experiment is asked for: borrows may be served past it, and
 * what was lent so comes back past it. From 2.1 on; before, an object that is destroyed wakes
 * nobody who waits for one.
 */
final class UnpooledPlan {
  private static final String COUNT = "Ljava/util/concurrent/atomic/AtomicLong;";
  private static final String OBJECT_TO_NOTHING = "(Ljava/lang/Object;)V";
  private static final String NOTHING_TO_OBJECT = "()Ljava/lang/Object;";
  private static final String OBJECT_TO_OBJECT = "(Ljava/lang/Object;)Ljava/lang/Object;";
  private static final String SWALLOW = "(Ljava/lang/Exception;)V";
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String ABANDONED = "abandonedConfig";
  private static final Site CREATE = Site.call("create");
  private static final Site DESTROY = Site.call("destroy");

  /** What a pool finds its objects by, from 2.4 on. */
  private static final Site BY_IDENTITY = Site.callOn("$IdentityWrapper", "<init>");

  private static final Site IDENTITY = Site.callOn("$IdentityWrapper", "unwrap");
  private static final Site IS_NULL = Site.call("isNull");

  private final ClassPlan plan;
  private final ClassShape pool;
  private final String library;
  private final Arg factory;
  private final String event;

  private UnpooledPlan(ClassPlan plan) {
    this.plan = plan;
    pool = plan.shape();
    library = libraryOf(pool);
    factory = Arg.ownField(pool.name(), "factory", factoryType(library));
    event = "(" + recordType(library) + ")V";
  }

  private static String libraryOf(ClassShape pool) {
    return pool.name().substring(0, pool.name().length() - Names.GENERIC.length());
  }

  private static String factoryType(String library) {
    return "L" + library + "/PooledObjectFactory;";
  }

  private static String abandonedType(String library) {
    return "L" + library + "/impl/AbandonedConfig;";
  }

  private static String recordType(String library) {
    return "L" + library + "/PooledObject;";
  }

  /** Whether this copy of the library has all that is needed, as it is known. */
  static boolean isKnown(ClassShape pool, ClassShape base, ClassShape factory, ClassShape record) {
    try {
      pool.onlyMethod("create");
      String library = libraryOf(pool);
      for (String event : List.of("destroyObject", "activateObject", "passivateObject")) {
        if (!factory.method(event, "(" + recordType(library) + ")V").callsNothing()) {
          return false;
        }
      }
      pool.method("ensureIdle", "(IZ)V");
      base.method("swallowException", SWALLOW);
      base.method("isClosed", "()Z");
      base.method("getTestOnBorrow", "()Z");
      base.method("getTestOnReturn", "()Z");
      pool.method("borrowObject", CREATE);
      pool.method("returnObject", DESTROY);
      pool.method("invalidateObject", DESTROY);
      return isKnown(record)
          && factory.method("validateObject", "(" + recordType(library) + ")Z").callsNothing()
          && factory.hasMethod("create")
          && factoryType(library).equals(pool.fieldDescriptor("factory"))
          && COUNT.equals(pool.fieldDescriptor("createCount"))
          && abandonedType(library).equals(abandonedOwner(pool, base).fieldDescriptor(ABANDONED));
    } catch (ShapeMismatch unknown) {
      return false;
    }
  }

  private static boolean isKnown(ClassShape record) throws ShapeMismatch {
    record.method("getObject", NOTHING_TO_OBJECT);
    return OBJECT.equals(record.fieldDescriptor(Names.OBJECT_FIELD));
  }

  /** The library's record of an object, which can be had refer to a loan instead of it. */
  static void addToRecord(ClassPlan plan) throws ShapeMismatch {
    ClassShape record = plan.shape();
    if (!isKnown(record)) {
      return;
    }
    Arg held = Arg.ownField(record.name(), Names.OBJECT_FIELD, OBJECT);
    plan.implement(Names.LOOSE_RECORD);
    plan.setterOfOwn("poolwatch$hold", Names.OBJECT_FIELD);
    plan.method(record.method("getObject", NOTHING_TO_OBJECT))
        .insteadWhen(Hook.call(UNPOOLED_HOOKS, "isOut", held), "poolwatch$lent");
    plan.standIn("poolwatch$lent", NOTHING_TO_OBJECT, Hook.call(UNPOOLED_HOOKS, "objectOf", held));
  }

  /** The class that has the field, which moved to the base in 2.9. */
  private static ClassShape abandonedOwner(ClassShape pool, ClassShape base) {
    return pool.hasField(ABANDONED) ? pool : base;
  }

  static void add(ClassPlan plan, ClassShape base, ClassShape factory) throws ShapeMismatch {
    UnpooledPlan unpooled = new UnpooledPlan(plan);
    unpooled.answers(base, factory);
    unpooled.detours(base);
  }

  private void answers(ClassShape base, ClassShape factoryBase) throws ShapeMismatch {
    plan.implement(Names.LENDING_POOL);
    answer("factory", NOTHING_TO_OBJECT, factory);
    plan.answer("poolwatch$createCount", Arg.ownField(pool.name(), "createCount", COUNT));
    String owner = abandonedOwner(pool, base).name();
    answer(ABANDONED, NOTHING_TO_OBJECT, Arg.ownField(owner, ABANDONED, abandonedType(library)));
    for (String question :
        List.of("isClosed", "getTestOnCreate", "getTestOnBorrow", "getTestOnReturn")) {
      answer(
          question,
          "()Z",
          base.hasMethod(question)
              ? Calls.ofClass(base.name(), question, "()Z", Arg.self())
              : Arg.constant(0)); // before 2.2 new objects are not validated
    }
    ClassShape.MethodShape create = pool.onlyMethod("create");
    boolean byIdentity = create.has(BY_IDENTITY) || create.has(IDENTITY);
    // Before 2.4 a map refuses it, since 2.12 the pool; and before 2.4 nothing is marked.
    answer("refusesNull", "()Z", constant(!byIdentity || create.has(IS_NULL)));
    answer("marksReturned", "()Z", constant(byIdentity));
    answer(
        "create",
        NOTHING_TO_OBJECT,
        Calls.ofClass(factoryBase.name(), "create", NOTHING_TO_OBJECT, factory));
    answer("makeObject", NOTHING_TO_OBJECT, ofFactory("makeObject", "()" + recordType(library)));
    for (String call : List.of("activateObject", "passivateObject")) {
      answer(call, OBJECT_TO_NOTHING, ofFactory(call, event, Arg.param(0)));
    }
    answer(
        "validateObject",
        "(Ljava/lang/Object;)Z",
        ofFactory("validateObject", "(" + recordType(library) + ")Z", Arg.param(0)));
    answer("getObject", OBJECT_TO_OBJECT, ofRecord("getObject", NOTHING_TO_OBJECT));
    answer("allocate", "(Ljava/lang/Object;)Z", ofRecord("allocate", "()Z"));
    answer("markReturning", OBJECT_TO_NOTHING, ofRecord("markReturning", "()V"));
    answer(
        "newRecord",
        OBJECT_TO_OBJECT,
        Calls.newObject(library + Names.RECORD, OBJECT_TO_NOTHING, Arg.param(0)));
    answer(
        "swallowException",
        SWALLOW,
        Calls.ofClass(base.name(), "swallowException", SWALLOW, Arg.self(), Arg.param(0)));
    answer(
        "ensureIdle",
        "()V",
        Calls.ofPrivate(
            pool.name(), "ensureIdle", "(IZ)V", Arg.self(), Arg.constant(1), Arg.constant(0)));
  }

  private static Arg constant(boolean value) {
    return Arg.constant(value ? 1 : 0);
  }

  private void answer(String name, String descriptor, Arg value) {
    plan.answer("poolwatch$" + name, descriptor, value);
  }

  private Arg ofFactory(String method, String descriptor, Arg... args) {
    Arg[] all = new Arg[args.length + 1];
    all[0] = factory;
    System.arraycopy(args, 0, all, 1, args.length);
    return Calls.ofInterface(library + "/PooledObjectFactory", method, descriptor, all);
  }

  private Arg ofRecord(String method, String descriptor) {
    return Calls.ofInterface(library + "/PooledObject", method, descriptor, Arg.param(0));
  }

  private void detours(ClassShape base) throws ShapeMismatch {
    String type = plan.field(Names.UNPOOLED_FIELD, Names.UNPOOLED_LOANS);
    Arg loans = Arg.ownField(pool.name(), Names.UNPOOLED_FIELD, type);
    plan.method(pool.method("<init>", Site.callOn(base.name(), "<init>")))
        .atReturn(
            Hook.call(UNPOOLED_HOOKS, "opened", Arg.self(), Names.book(base.name()))
                .intoField(pool.name(), Names.UNPOOLED_FIELD, type));
    ClassShape.MethodShape borrow = pool.method("borrowObject", CREATE);
    detour(borrow, Hook.call(UNPOOLED_HOOKS, "due", loans), "lend", loans, Arg.param(1));
    Arg given = Arg.param(0);
    ClassShape.MethodShape giveBack = pool.method("returnObject", DESTROY);
    Hook givenBack = Hook.call(UNPOOLED_HOOKS, "givenBack", loans, given);
    detour(giveBack, givenBack, "takeBack", loans, given, Arg.param(1));
    ClassShape.MethodShape invalidate = pool.method("invalidateObject", DESTROY);
    Slot behalf = plan.method(invalidate).intSlot();
    plan.method(invalidate).atEntry(Hook.call(UNPOOLED_HOOKS, "behalf").into(behalf));
    Hook invalidated = Hook.call(UNPOOLED_HOOKS, "invalidated", loans, given, Arg.slot(behalf));
    int ticket = invalidate.descriptor().startsWith("(Ljava/lang/Object;)") ? 1 : 2;
    detour(invalidate, invalidated, "invalidate", loans, given, Arg.param(ticket));
  }

  private void detour(ClassShape.MethodShape method, Hook when, String hook, Arg... args) {
    String name = "poolwatch$" + hook;
    plan.method(method).insteadWith(when, name);
    plan.standIn(
        name, method.descriptor().replace(")", "I)"), Hook.call(UNPOOLED_HOOKS, hook, args));
  }
}
