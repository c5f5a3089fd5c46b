package io.poolwatch.guard;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who calls a method of an object: somebody who uses it, or the object itself. Looks at the stack,
 * by classes; a microsecond or two.
 *
 * <p>What an object does by itself while it is idle is no use of it: a method that calls another of
 * the same object (the first one was told of, if it was one to tell of), a timer or thread of the
 * object's own class, {@code run} called by an executor, a pool library that asks an object when it
 * was used last, a reader of JMX attributes, the reset that the bundled pool was told to do. Of
 * some libraries' objects it is known that they work on by themselves, on threads of their own; a
 * call of theirs counts only if code of somebody else is on the stack.
 */
final class Callers {
  /** Libraries whose objects serve a network connection on their own threads. */
  private static final String[] LIVELY = {"io.lettuce.core.", "io.netty.", "reactor."};

  private static final String JMX = "com.sun.jmx.";

  /** Part of the bundled pool, or of a copy of it: has an object reset that is put. */
  private static final String RESET = ".poolwatch.pool.PutChecks";

  private static final StackWalker WALKER =
      AccessController.doPrivileged(
          new PrivilegedAction<StackWalker>() {
            @Override
            public StackWalker run() {
              return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
            }
          });

  private Callers() {}

  /** Whether the method that called the guard was called by the object itself. */
  static boolean isOwnWork(Class<?> type) {
    return WALKER.walk(new Judge(type));
  }

  private static final class Judge implements Function<Stream<StackWalker.StackFrame>, Boolean> {
    private final Class<?> type;

    Judge(Class<?> type) {
      this.type = type;
    }

    @Override
    public Boolean apply(Stream<StackWalker.StackFrame> stack) {
      Iterator<StackWalker.StackFrame> frames = stack.iterator();
      StackWalker.StackFrame called = called(frames);
      StackWalker.StackFrame caller = null;
      while (frames.hasNext() && caller == null) {
        StackWalker.StackFrame frame = frames.next();
        // A default method that has no guard of its own is none: the one before it is.
        if (!isInterfaceOf(frame.getDeclaringClass())
            || GuardedClass.isWovenInterface(frame.getDeclaringClass())) {
          caller = frame;
        }
      }
      if (called == null || caller == null) {
        return true; // called by the JVM: a thread's beginning, a finalizer
      }
      return isOwn(caller.getDeclaringClass())
          || PoolClasses.include(caller.getClassName())
          || (isTask(called) && isOfJdk(caller.getDeclaringClass()))
          || isLivelyOrAsked(caller, frames);
    }

    /** The first frame behind those of ours, the last of which are the guard's. */
    private static StackWalker.@Nullable StackFrame called(
        Iterator<StackWalker.StackFrame> frames) {
      boolean asked = false;
      while (frames.hasNext()) {
        StackWalker.StackFrame frame = frames.next();
        boolean isGuard = frame.getDeclaringClass() == Guard.class;
        if (asked && !isGuard) {
          return frame;
        }
        asked |= isGuard;
      }
      return null;
    }

    private boolean isLivelyOrAsked(
        StackWalker.StackFrame caller, Iterator<StackWalker.StackFrame> frames) {
      boolean lively = isLively(type.getName());
      boolean others = isOther(caller);
      if (isAsking(caller)) {
        return true;
      }
      while (frames.hasNext()) {
        StackWalker.StackFrame frame = frames.next();
        if (isAsking(frame)) {
          return true;
        }
        others = others || isOther(frame);
      }
      return lively && !others;
    }

    private static boolean isAsking(StackWalker.StackFrame frame) {
      return frame.getClassName().startsWith(JMX) || frame.getClassName().endsWith(RESET);
    }

    private static boolean isOther(StackWalker.StackFrame frame) {
      return !isOfJdk(frame.getDeclaringClass()) && !isLively(frame.getClassName());
    }

    private boolean isInterfaceOf(Class<?> caller) {
      return caller.isInterface() && caller.isAssignableFrom(type);
    }

    /**
     * Whether a class is the object's, a superclass, or nested in one of these; or an interface of
     * it that is not looked through.
     */
    private boolean isOwn(Class<?> caller) {
      if (isInterfaceOf(caller)) {
        return true;
      }
      for (Class<?> each = type;
          each != null && each.getClassLoader() != null;
          each = each.getSuperclass()) {
        if (caller == each
            || (caller.getClassLoader() == each.getClassLoader()
                && isNestedIn(caller.getName(), each.getName()))) {
          return true;
        }
      }
      return false;
    }

    private static boolean isNestedIn(String nested, String outer) {
      return nested.length() > outer.length()
          && nested.startsWith(outer)
          && nested.charAt(outer.length()) == '$';
    }

    private static boolean isTask(StackWalker.StackFrame called) {
      String name = called.getMethodName();
      return name.equals("run") || name.equals("call");
    }

    private static boolean isOfJdk(Class<?> caller) {
      return caller.getClassLoader() == null;
    }

    private static boolean isLively(String className) {
      for (String library : LIVELY) {
        if (className.startsWith(library)) {
          return true;
        }
      }
      return false;
    }
  }
}
