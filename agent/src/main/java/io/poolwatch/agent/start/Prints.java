package io.poolwatch.agent.start;

import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.fingerprint.Fingerprints;
import io.poolwatch.fingerprint.Memory;
import java.lang.invoke.MethodHandles;

/** Gives the boot classes the means to read objects, which this loader alone may reach. */
final class Prints {
  private Prints() {}

  /** Has one return in so many looked at; 0: none. */
  static void open(int oneIn) {
    if (oneIn == 0) {
      return;
    }
    try {
      Object unsafe =
          Class.forName("jdk.internal.misc.Unsafe", true, null).getMethod("getUnsafe").invoke(null);
      Memory.open(MethodHandles.lookup(), unsafe);
      Fingerprints.rate(oneIn);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException closed) {
      AgentLog.debug("no fingerprints are taken: the JVM keeps its memory closed: " + closed);
    }
  }
}
