package io.poolwatch.agent.violation;

import io.poolwatch.guard.PoolClasses;
import io.poolwatch.violation.Sighting;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack as a person wants to read it: from the service's own frame that called the pool on, the
 * frames of the JDK left out.
 */
public final class StackText {
  private static final int MOST_FRAMES = 8;

  /** Parts of the names of classes that lead into other pools, in the original and in copies. */
  private static final String[] OTHER_POOLS = {
    ".netty.util.Recycler", ".netty.util.internal.ObjectPool", "poolwatch.pool."
  };

  private static final String[] PLATFORM = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

  private StackText() {}

  /** The frames to show, the innermost first; never empty for a stack that is not. */
  public static List<StackTraceElement> shown(Sighting sighting) {
    StackTraceElement[] stack = sighting.stack();
    List<StackTraceElement> own = new ArrayList<>();
    boolean inPool = true;
    for (StackTraceElement frame : stack) {
      inPool &= isPools(frame.getClassName());
      if (!inPool && !startsWithAny(frame.getClassName()) && own.size() < MOST_FRAMES) {
        own.add(frame);
      }
    }
    if (own.isEmpty() && stack.length > 0) {
      own.add(stack[0]);
    }
    return own;
  }

  /** How many frames of a sighting are not shown. */
  static int hidden(Sighting sighting) {
    return sighting.stack().length - shown(sighting).size();
  }

  /** All frames that are known, a line each. */
  public static String whole(Sighting sighting) {
    StringBuilder text = new StringBuilder(1024);
    for (StackTraceElement frame : sighting.stack()) {
      text.append(line(frame)).append('\n');
    }
    return text.toString();
  }

  /** A frame on one line. */
  public static String line(StackTraceElement frame) {
    String source =
        frame.getFileName() == null
            ? "source unknown"
            : frame.getLineNumber() < 0
                ? frame.getFileName()
                : frame.getFileName() + ":" + frame.getLineNumber();
    return frame.getClassName() + "." + frame.getMethodName() + "(" + source + ")";
  }

  private static boolean isPools(String className) {
    for (String part : OTHER_POOLS) {
      if (className.contains(part)) {
        return true;
      }
    }
    return PoolClasses.include(className);
  }

  private static boolean startsWithAny(String className) {
    for (String prefix : PLATFORM) {
      if (className.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
