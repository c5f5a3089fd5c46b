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

  private final Arg book;
  private final Arg pooled;
  private final String record;

  /**
   * The factory calls of one pool class.
   *
   * @param pooled the pooled record among the arguments of these calls
   * @param record internal name of the class that has the life
   */
  FactoryCalls(Arg book, Arg pooled, String record) {
    this.book = book;
    this.pooled = pooled;
    this.record = record;
  }

  /**
   * Measures calls that make an object.
   *
   * @param object the object that the factory built, among what is known after the call
   */
  void measures(MethodPlan plan, Arg object) {
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
            Names.life(record, Arg.result()),
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
    method.require(VALIDATE);
    plan.before(VALIDATE, enter(Phase.VALIDATING, phase));
    plan.after(
        VALIDATE,
        Hook.call(
                Names.CREATE_HOOKS,
                "validated",
                book,
                pooled,
                Names.life(record, pooled),
                Arg.result())
            .into(phase));
  }

  private static Hook enter(int value, Slot phase) {
    return Hook.call(Names.PHASE, "enter", Arg.constant(value)).into(phase);
  }
}
