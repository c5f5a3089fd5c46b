package io.poolwatch.agent.library.nettyrecycler;

import io.poolwatch.agent.weave.ClassFamily;
import io.poolwatch.agent.weave.ClassPlan;
import io.poolwatch.agent.weave.PoolLibrary;
import io.poolwatch.agent.weave.ShapeMismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Netty's Recycler. Generations are told apart by the classes that exist, not by version numbers,
 * which repackaged copies do not have.
 *
 * <p>The classes of one copy refer to each other's woven fields, so the plans of all are made
 * whenever one is asked for: if one is of an unknown shape, none is woven.
 */
public final class NettyRecycler implements PoolLibrary {
  private static final List<String> ENDS = ends();

  private static List<String> ends() {
    List<String> ends =
        new ArrayList<>(
            List.of(
                Names.RECYCLER,
                Names.DEFAULT_HANDLE,
                Names.STACK,
                Names.WEAK_ORDER_QUEUE,
                Names.LOCAL_POOL,
                Names.GUARDED,
                Names.UNGUARDED,
                Names.LOCAL_POOL_HANDLE));
    ends.addAll(Names.ANONYMOUS);
    return List.copyOf(ends);
  }

  private final Set<Extra> extras;

  /**
   * The library.
   *
   * @param extras what else to weave
   */
  public NettyRecycler(Set<Extra> extras) {
    this.extras = extras;
  }

  @Override
  public String id() {
    return "netty_recycler";
  }

  @Override
  public List<String> classNameEnds() {
    return ENDS;
  }

  @Override
  public @Nullable ClassPlan plan(ClassFamily family) throws ShapeMismatch {
    RecyclerPlan plan = new RecyclerPlan(family, extras);
    if (family.findSibling(Names.STACK) != null) {
      RecyclerGen1Plan.addTo(plan);
    } else if (family.findSibling(Names.GUARDED) != null) {
      RecyclerGen3Plan.addTo(plan);
    } else {
      RecyclerGen2Plan.addTo(plan);
    }
    plan.experimenting();
    plan.asksInVain(Names.ANONYMOUS.get(0));
    plan.asksInVain(Names.LOCAL_POOL_HANDLE);
    return plan.of(family.end());
  }

  @Override
  public boolean isWovenLate() {
    return true;
  }

  @Override
  public @Nullable ClassPlan latePlan(ClassFamily family) throws ShapeMismatch {
    return LatePlan.of(family);
  }
}
