package io.poolwatch.agent.library.commonspool2.laws;

import io.poolwatch.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;

/** Opens memory as far as code without an agent may. */
final class OpenMemory {
  private OpenMemory() {}

  static void open() throws ReflectiveOperationException {
    Field unsafe = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    unsafe.setAccessible(true);
    Memory.open(MethodHandles.publicLookup(), unsafe.get(null));
  }
}
