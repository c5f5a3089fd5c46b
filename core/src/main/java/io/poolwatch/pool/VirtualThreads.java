package io.poolwatch.pool;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Asks {@code Thread.isVirtual} (JDK 21) from bytecode of an older release. */
final class VirtualThreads {

  /** A constant to the JIT: the call costs the type check inside, or nothing on older JDKs. */
  private static final MethodHandle IS_VIRTUAL = find();

  private VirtualThreads() {}

  static boolean isVirtual(Thread thread) {
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new IllegalStateException("Thread.isVirtual threw", e);
    }
  }

  private static MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException olderJdk) {
      return MethodHandles.dropArguments(
          MethodHandles.constant(boolean.class, false), 0, Thread.class);
    }
  }
}
