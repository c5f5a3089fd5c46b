package io.poolwatch.agent.library.threadlocal;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassFamily;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.PoolLibrary;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;
import java.util.List;

/**
 * The bundled pool, {@code io.poolwatch.pool.ThreadLocalPool}, and repackaged copies of it.
 *
 * <p>Unless it is asked for, nothing is woven into what a get or a put of a pooled object runs
 * through.
 */
public final class ThreadLocalPoolLibrary implements PoolLibrary {
  private static final String POOL = "/poolwatch/pool/ThreadLocalPool";
  private static final String HOOKS = "io.poolwatch.woven.threadlocal.ThreadLocalPoolHooks";
  private static final String BOOK = "io.poolwatch.woven.threadlocal.ThreadLocalBook";
  private static final String LOANS = "io.poolwatch.woven.threadlocal.LoanHooks";
  private static final String LIFE = "io.poolwatch.book.Life";
  private static final String FIELD = "poolwatch$book";

  private static final Site BUILD = Site.callOn("java/util/function/Supplier", "get");

  private static final String UNPOOLED = "io.poolwatch.woven.threadlocal.UnpooledHooks";

  private final boolean loans;
  private final boolean experiments;

  /**
   * The library.
   *
   * @param loans whether each get and put is looked at, which makes them a good deal dearer
   * @param experiments whether they can be served without the pool for a while
   */
  public ThreadLocalPoolLibrary(boolean loans, boolean experiments) {
    this.loans = loans;
    this.experiments = experiments;
  }

  @Override
  public String id() {
    return "thread_local";
  }

  @Override
  public List<String> classNameEnds() {
    return List.of(POOL);
  }

  @Override
  public ClassPlan plan(ClassFamily family) throws ShapeMismatch {
    ClassShape pool = family.shape();
    ClassPlan plan = new ClassPlan(pool);
    String book = plan.field(FIELD, BOOK);
    plan.method(
            pool.method(
                "announced",
                "(L"
                    + pool.name()
                    + ";Ljava/lang/String;Ljava/util/function/Supplier;"
                    + "Ljava/util/concurrent/atomic/AtomicReference;"
                    + "Ljava/lang/Object;"
                    + "Ljava/util/concurrent/atomic/AtomicReference;"
                    + "Ljava/util/function/Consumer;)V"))
        .atReturn(
            Hook.call(
                    HOOKS,
                    "announced",
                    Arg.param(0),
                    Arg.param(1),
                    Arg.param(2),
                    Arg.param(3),
                    Arg.param(4),
                    Arg.param(5),
                    Arg.param(6))
                .intoField(Arg.param(0), pool.name(), FIELD, book));
    MethodPlan make = plan.method(pool.method("make", Site.call("announce")).require(BUILD));
    measured(make, Arg.ownField(pool.name(), FIELD, book));
    make.atReturn(Hook.call(HOOKS, "made", Arg.ownField(pool.name(), FIELD, book), Arg.result()));
    String self = "L" + pool.name() + ";";
    plan.method(pool.method("putTwice", "(" + self + "Ljava/lang/Object;)V"))
        .atEntry(
            Hook.call(
                HOOKS,
                "putTwice",
                Arg.field(Arg.param(0), pool.name(), FIELD, book),
                Arg.param(1)));
    if (loans) {
      loans(plan, Arg.ownField(pool.name(), FIELD, book));
    }
    if (experiments) {
      unpooled(plan, Arg.ownField(pool.name(), FIELD, book));
    }
    return plan;
  }

  @Override
  public boolean isWovenLate() {
    return true;
  }

  @Override
  public ClassPlan latePlan(ClassFamily family) throws ShapeMismatch {
    return LatePlan.of(family);
  }

  private static void unpooled(ClassPlan plan, Arg book) throws ShapeMismatch {
    ClassShape pool = plan.shape();
    for (String method : new String[] {"get", "put"}) {
      ClassShape.MethodShape shape = pool.onlyMethod(method);
      pool.method(method.concat("Unpooled"), shape.descriptor().replace(")", "I)"));
      plan.method(shape).insteadWith(Hook.call(UNPOOLED, "times", book), method.concat("Unpooled"));
    }
  }

  private static void measured(MethodPlan make, Arg book) {
    Slot ticket = make.longSlot();
    Slot classes = make.longSlot();
    Slot start = make.longSlot();
    make.before(BUILD, Hook.call(HOOKS, "building", book).into(ticket))
        .before(BUILD, Hook.call(HOOKS, "classes", Arg.slot(ticket)).into(classes))
        .before(BUILD, Hook.call(HOOKS, "clock", Arg.slot(ticket)).into(start))
        .after(
            BUILD,
            Hook.call(
                HOOKS,
                "built",
                book,
                Arg.slot(ticket),
                Arg.slot(classes),
                Arg.slot(start),
                Arg.result()));
  }

  private static void loans(ClassPlan plan, Arg book) throws ShapeMismatch {
    ClassShape pool = plan.shape();
    plan.method(pool.onlyMethod("handOut")).atReturn(Hook.call(LOANS, "taken", book, Arg.result()));
    // A put asks for its thread when its checks are done.
    Site checked = Site.call("currentThread");
    ClassShape.MethodShape shape = pool.method("put", checked);
    MethodPlan put = plan.method(shape);
    Slot twice = put.slot(LIFE);
    put.before(checked, Hook.call(LOANS, "given", book, Arg.param(0)).into(twice))
        .atReturn(Hook.call(LOANS, "ended", book, Arg.slot(twice), Arg.param(0)));
  }
}
