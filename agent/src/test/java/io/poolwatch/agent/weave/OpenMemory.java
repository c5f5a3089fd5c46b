package io.poolwatch.agent.weave;

import io.poolwatch.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;

/** Opens memory as far as code without an agent may. */
public final class OpenMemory {
  private OpenMemory() {}

  public static void open() throws ReflectiveOperationException {
    Field unsafe = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    unsafe.setAccessible(true);
    Memory.open(MethodHandles.publicLookup(), unsafe.get(null));
  }
}
