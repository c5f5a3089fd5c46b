package io.poolwatch.fingerprint;

import io.poolwatch.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;

/** Opens memory as far as code without an agent may. */
public final class OpenMemory {
  private OpenMemory() {}

  /** Opens it. */
  public static void open() {
    try {
      Field unsafe = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
      unsafe.setAccessible(true);
      Memory.open(MethodHandles.publicLookup(), unsafe.get(null));
    } catch (ReflectiveOperationException closed) {
      throw new AssertionError(closed);
    }
  }
}
