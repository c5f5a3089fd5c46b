package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassShape;
import io.poolwatch.agent.weave.Hook;
import io.poolwatch.agent.weave.MethodPlan;
import io.poolwatch.agent.weave.ShapeMismatch;
import io.poolwatch.agent.weave.Site;
import io.poolwatch.agent.weave.Slot;
import io.poolwatch.woven.commonspool2.Phase;

/** The calls of the factory, and how a method's phase is kept around them. */
final class FactoryCalls {
  static final Site MAKE = Site.call("makeObject");
  static final Site DESTROY = Site.call("destroyObject");
  static final Site VALIDATE = Site.call("validateObject");
  static final Site ACTIVATE = Site.call("activateObject");
  static final Site PASSIVATE = Site.call("passivateObject");

  private final Lookup lookup;
  private final Arg book;
  private final Arg pooled;

  /**
   * The factory calls of one pool class.
   *
   * @param pooled the pooled record among the arguments of these calls
   */
  FactoryCalls(Lookup lookup, Arg pooled) {
    this.lookup = lookup;
    book = lookup.book();
    this.pooled = pooled;
  }

  /**
   * Measures calls that make an object; not where the class was loaded already, because what the
   * library itself allocates there cannot be told from it.
   *
   * @param object the object that the factory built, among what is known after the call
   */
  void measures(MethodPlan plan, Arg object) {
    if (lookup.isLate()) {
      return;
    }
    Slot ticket = plan.longSlot();
    Slot classes = plan.longSlot();
    Slot start = plan.longSlot();
    Arg maker = Arg.callReceiver();
    plan.before(MAKE, Hook.call(Names.BUILD_HOOKS, "begins", book, maker).into(ticket));
    plan.before(MAKE, Hook.call(Names.BUILD_HOOKS, "classes", Arg.slot(ticket)).into(classes));
    plan.before(MAKE, Hook.call(Names.BUILD_HOOKS, "clock", Arg.slot(ticket)).into(start));
    plan.after(
        MAKE,
        Hook.call(
            Names.BUILD_HOOKS,
            "ended",
            book,
            Arg.slot(ticket),
            Arg.slot(classes),
            Arg.slot(start),
            maker,
            Arg.result(),
            lookup.newLife(Arg.result()),
            object));
  }

  void activates(ClassShape.MethodShape method, MethodPlan plan, Slot phase) throws ShapeMismatch {
    method.require(ACTIVATE);
    plan.before(ACTIVATE, enter(Phase.ACTIVATING, phase));
    plan.after(ACTIVATE, enter(Phase.NONE, phase));
  }

  void passivates(ClassShape.MethodShape method, MethodPlan plan, Slot phase) throws ShapeMismatch {
    method.require(PASSIVATE);
    plan.before(PASSIVATE, enter(Phase.PASSIVATING, phase));
    plan.after(PASSIVATE, enter(Phase.NONE, phase));
  }

  void validates(ClassShape.MethodShape method, MethodPlan plan, Slot phase) throws ShapeMismatch {
    validates(method, plan, phase, lookup.life(pooled));
  }

  /** The same of an object that is not in the pool yet. */
  void validatesNew(ClassShape.MethodShape method, MethodPlan plan, Slot phase)
      throws ShapeMismatch {
    validates(method, plan, phase, lookup.newLife(pooled));
  }

  private void validates(ClassShape.MethodShape method, MethodPlan plan, Slot phase, Arg life)
      throws ShapeMismatch {
    method.require(VALIDATE);
    plan.before(VALIDATE, enter(Phase.VALIDATING, phase));
    plan.after(
        VALIDATE,
        Hook.call(Names.CREATE_HOOKS, "validated", book, pooled, life, Arg.result()).into(phase));
  }

  private static Hook enter(int value, Slot phase) {
    return Hook.call(Names.PHASE, "enter", Arg.constant(value)).into(phase);
  }
}
