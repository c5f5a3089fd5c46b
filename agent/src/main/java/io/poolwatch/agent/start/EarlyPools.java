package io.poolwatch.agent.start;

import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.agent.weave.LateWeaving;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pool classes that were loaded before the agent. */
final class EarlyPools {
  private final BootSide boot;
  private final List<String> classNames;
  private final @Nullable LateWeaving weaving;

  /** They stay as they are. */
  EarlyPools(BootSide boot, List<String> classNames) {
    this(boot, classNames, null);
  }

  private EarlyPools(BootSide boot, List<String> classNames, @Nullable LateWeaving weaving) {
    this.boot = boot;
    this.classNames = classNames;
    this.weaving = weaving;
  }

  /** The same, woven late as far as that is possible. */
  EarlyPools wovenBy(LateWeaving late) {
    return new EarlyPools(boot, classNames, late);
  }

  /**
   * Weaves what is to be woven, and says what is not watched.
   *
   * @return the names of that
   */
  List<String> settle() {
    List<String> left =
        weaving == null || !boot.prepare() || !OpenMemory.open() ? classNames : weaving.weave();
    if (left.size() < classNames.size()) {
      boot.gaps()
          .add(
              "pools whose classes were loaded before the agent: from the attach on, without what"
                  + " needs their objects themselves (leaks, uses after return, the old generation);"
                  + " of Netty's and of bundled pools without what is lent, too");
    }
    if (!left.isEmpty()) {
      AgentLog.warn(
          "not watched, because loaded before the agent, with what belongs to it: "
              .concat(left.toString()));
      boot.gaps().add("loaded before the agent: ".concat(left.toString()));
    }
    return left;
  }

  /** Whether that changes classes, and is not to be done on a thread of the service. */
  boolean changesClasses() {
    return weaving != null;
  }
}
