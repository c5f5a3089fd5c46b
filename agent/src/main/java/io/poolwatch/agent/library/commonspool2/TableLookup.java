package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.Hook;

/** In tables, by identity: for classes that are loaded already, and cannot be given a field. */
final class TableLookup implements Lookup {
  private static final Arg NOTHING = Arg.nothing("Ljava/lang/Object;");

  private final Arg book;

  /**
   * For the hooks of one plan.
   *
   * @param finder hook that gives the book of a pool
   */
  TableLookup(ClassPlan plan, String finder) {
    book = plan.atEachEntry(Hook.call(Names.LATE_HOOKS, finder, Arg.self()), Names.BOOK);
  }

  @Override
  public Arg book() {
    return book;
  }

  @Override
  public Arg life(Arg pooled) {
    return Arg.asked(Names.LATE_HOOKS, "life", book, pooled);
  }

  @Override
  public Arg newLife(Arg pooled) {
    return NOTHING; // the hooks look themselves then, and take nothing in
  }

  @Override
  public Arg lifeIfAny(Arg pooled) {
    return Arg.asked(Names.LATE_HOOKS, "knownLife", pooled);
  }

  @Override
  public Arg object(Arg pooled) {
    return NOTHING;
  }

  @Override
  public Arg state(Arg pooled) {
    return NOTHING;
  }

  @Override
  public Arg keyShare(Arg keyRecord) {
    return Arg.asked(Names.LATE_HOOKS, "key", keyRecord);
  }

  @Override
  public boolean isLate() {
    return true;
  }
}
