package example.tenured;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** What the agent has put into the boot loader, found by name. */
final class Births {
  private static final MethodHandle BIRTH = find("birth", long.class, Object.class);
  private static final MethodHandle NOW = find("now", long.class);
  private static final MethodHandle IS_ON = find("isOn", boolean.class);
  private static final MethodHandle IS_TENURED = find("isTenured", boolean.class, long.class);
  private static final MethodHandle WAS_TENURED =
      find("wasTenured", boolean.class, long.class, long.class);
  private static final MethodHandle IS_OUT_OF_TURN =
      find("isPromotedOutOfTurn", boolean.class, Object.class, long.class);
  private static final MethodHandle IS_SETTLED = find("isSettled", boolean.class, long.class);

  private Births() {}

  static long of(Object made) {
    try {
      return (long) BIRTH.invokeExact(made);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  static long now() {
    try {
      return (long) NOW.invokeExact();
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  static boolean areKnown() {
    try {
      return (boolean) IS_ON.invokeExact();
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  static boolean areTenured(long birth) {
    try {
      return (boolean) IS_TENURED.invokeExact(birth);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  static boolean isPromotedOutOfTurn(Object object, long birth) {
    try {
      return (boolean) IS_OUT_OF_TURN.invokeExact(object, birth);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  static boolean wereTenured(long birth, long at) {
    try {
      return (boolean) WAS_TENURED.invokeExact(birth, at);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  static boolean areSettled(long at) {
    try {
      return (boolean) IS_SETTLED.invokeExact(at);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Class.forName("java.poolwatch.gc.Epochs", true, null),
              name,
              MethodType.methodType(result, parameters));
    } catch (ReflectiveOperationException missing) {
      throw new AssertionError(missing);
    }
  }
}
