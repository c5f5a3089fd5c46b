package io.poolwatch.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields and elements where they lie. The JDK's own {@code Unsafe} is handed in by whoever
 * may reach it: that of {@code sun.misc} refuses hidden classes and records, and is on its way out
 * of the JDK. Thread-safe once opened.
 */
public final class Memory {
  private static volatile @Nullable Object unsafe;
  private static volatile MethodHandles.@Nullable Lookup lookup;

  private Memory() {}

  /**
   * Opens it, once, before anything is read.
   *
   * @param lookup that may call what is public in the class of
   * @param unsafe {@code jdk.internal.misc.Unsafe}, or that of {@code sun.misc}
   */
  public static void open(MethodHandles.Lookup lookup, Object unsafe) {
    Memory.lookup = lookup;
    Memory.unsafe = unsafe;
  }

  /** Whether anything can be read. */
  public static boolean isOpen() {
    return unsafe != null;
  }

  /** Where a field lies in its objects. */
  public static long offset(Field field) throws Throwable {
    return (long) Access.OFFSET.invokeExact(field);
  }

  /** Where the first element of an array lies. */
  public static long arrayBase(Class<?> array) throws Throwable {
    return (long) Access.ARRAY_BASE.invokeExact(array);
  }

  /** How far apart the elements of an array lie. */
  public static long arrayScale(Class<?> array) throws Throwable {
    return (long) Access.ARRAY_SCALE.invokeExact(array);
  }

  /** Eight bytes of an object, in the order of this machine. */
  public static long getLong(Object object, long offset) throws Throwable {
    return (long) Access.LONG.invokeExact(object, offset);
  }

  /** Eight bytes outside of the heap, at an address that is known to be valid. */
  public static long getLong(long address) throws Throwable {
    return (long) Access.OUTSIDE.invokeExact(address);
  }

  /** Four bytes of an object. */
  public static int getInt(Object object, long offset) throws Throwable {
    return (int) Access.INT.invokeExact(object, offset);
  }

  /** Two bytes of an object. */
  public static short getShort(Object object, long offset) throws Throwable {
    return (short) Access.SHORT.invokeExact(object, offset);
  }

  /** One byte of an object. */
  public static byte getByte(Object object, long offset) throws Throwable {
    return (byte) Access.BYTE.invokeExact(object, offset);
  }

  /** What a field or element refers to. */
  public static @Nullable Object getReference(Object object, long offset) throws Throwable {
    return (Object) Access.REFERENCE.invokeExact(object, offset);
  }

  /** Constants, so that the JIT sees through them. */
  private static final class Access {
    static final MethodHandle OFFSET = find("objectFieldOffset", long.class, Field.class);
    static final MethodHandle ARRAY_BASE = ofArray("arrayBaseOffset");
    static final MethodHandle ARRAY_SCALE = ofArray("arrayIndexScale");
    static final MethodHandle LONG = getter("getLong", long.class);
    static final MethodHandle OUTSIDE = find("getLong", long.class, long.class);
    static final MethodHandle INT = getter("getInt", int.class);
    static final MethodHandle SHORT = getter("getShort", short.class);
    static final MethodHandle BYTE = getter("getByte", byte.class);
    static final MethodHandle REFERENCE = reference();

    private static MethodHandle ofArray(String name) {
      MethodHandle found;
      try {
        found = find(name, int.class, Class.class);
      } catch (IllegalStateException wider) {
        found = find(name, long.class, Class.class); // from 25 on
      }
      return found.asType(MethodType.methodType(long.class, Class.class));
    }

    private static MethodHandle reference() {
      try {
        return getter("getReference", Object.class);
      } catch (IllegalStateException old) {
        return getter("getObject", Object.class); // sun.misc, and the JDK's own to 11
      }
    }

    private static MethodHandle getter(String name, Class<?> result) {
      return find(name, result, Object.class, long.class);
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
      Object receiver = unsafe;
      MethodHandles.Lookup finder = lookup;
      if (receiver == null || finder == null) {
        throw new IllegalStateException("not opened");
      }
      try {
        return finder
            .findVirtual(receiver.getClass(), name, MethodType.methodType(result, parameters))
            .bindTo(receiver);
      } catch (ReflectiveOperationException failure) {
        throw new IllegalStateException(name, failure);
      }
    }
  }
}
