package io.poolwatch.agent.start;

import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.memory.Memory;
import java.lang.invoke.MethodHandles;

/** Gives the boot classes the means to read objects, which this loader alone may reach. */
final class OpenMemory {
  private OpenMemory() {}

  /** Opens it; false if the JVM keeps it closed. */
  static boolean open() {
    if (Memory.isOpen()) {
      return true;
    }
    try {
      Object unsafe =
          Class.forName("jdk.internal.misc.Unsafe", true, null).getMethod("getUnsafe").invoke(null);
      Memory.open(MethodHandles.lookup(), unsafe);
      return true;
    } catch (ReflectiveOperationException | LinkageError | RuntimeException closed) {
      AgentLog.debug(
          "no fingerprints are taken, no objects of the Recycler guarded, no promotions known, and no"
              + " pools watched whose classes were loaded before: the JVM keeps its memory closed: "
              + closed);
      return false;
    }
  }
}
