package example.tenured;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The JVM's own word for where an object is. */
final class Truth {
  private static final MethodHandle IS_OLD = find();

  private Truth() {}

  static boolean isOld(Object object) {
    try {
      return (boolean) IS_OLD.invokeExact(object);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static MethodHandle find() {
    try {
      return find("jdk.test.whitebox.WhiteBox");
    } catch (ReflectiveOperationException | LinkageError before17) {
      try {
        return find("sun.hotspot.WhiteBox");
      } catch (ReflectiveOperationException closed) {
        throw new AssertionError(closed);
      }
    }
  }

  private static MethodHandle find(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName(name);
    Object box = type.getMethod("get").invoke(null);
    return MethodHandles.publicLookup()
        .findVirtual(
            type, "isObjectInOldGen", MethodType.methodType(boolean.class, Object.class))
        .bindTo(box);
  }
}
