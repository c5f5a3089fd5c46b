package io.poolwatch.book;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Asks a weak reference for its object without making the object live longer.
 *
 * <p>On collectors that mark concurrently {@code get()} makes the object live until the next
 * marking, and on generational ZGC for as long as somebody asks. {@code refersTo} does not; JDK 16
 * and later have it. On older ones {@code get()} has to do. Thread-safe.
 */
public final class Referent {
  private static final MethodHandle REFERS_TO = find();

  private Referent() {}

  /** Whether a reference refers to this object; with null, whether it was cleared. */
  public static boolean is(Reference<?> reference, @Nullable Object object) {
    try {
      return (boolean) REFERS_TO.invokeExact(reference, object);
    } catch (Throwable impossible) {
      return false; // neither of the two throws
    }
  }

  /** A constant, so that the JIT sees through it. */
  private static MethodHandle find() {
    MethodType type = MethodType.methodType(boolean.class, Object.class);
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Reference.class, "refersTo", type)
          .asType(MethodType.methodType(boolean.class, Reference.class, Object.class));
    } catch (ReflectiveOperationException older) {
      return get();
    }
  }

  private static MethodHandle get() {
    try {
      return MethodHandles.lookup()
          .findStatic(
              Referent.class,
              "gives",
              MethodType.methodType(boolean.class, Reference.class, Object.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static boolean gives(Reference<?> reference, @Nullable Object object) {
    return reference.get() == object;
  }
}
