package io.poolwatch.agent.worth;

import io.poolwatch.memory.HandleValue;
import io.poolwatch.memory.Memory;
import io.poolwatch.worth.Meter;
import java.io.ByteArrayOutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of the heap an object takes: its own, and those of the array that it holds where
 * it is one of the JDK's containers of bytes or characters. Memory outside of the heap is left out.
 * Thread-safe; calls nothing of the object.
 */
final class ObjectSizes {
  private final Instrumentation instrumentation;
  private final long ofBuilder;
  private final long ofStream;
  private final long ofBuffer;

  ObjectSizes(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
    ofBuilder = offset(StringBuilder.class.getSuperclass(), "value");
    ofStream = offset(ByteArrayOutputStream.class, "buf");
    ofBuffer = offset(ByteBuffer.class, "hb");
  }

  private static long offset(@Nullable Class<?> type, String name) {
    try {
      if (type != null && Memory.isOpen()) {
        Field field = type.getDeclaredField(name);
        return Memory.offset(field);
      }
    } catch (Throwable unknown) {
      // Then the object counts without what it holds.
    }
    return -1;
  }

  /** Its bytes, or those of the object whose handle it is; {@link Meter#UNKNOWN} if unknown. */
  long of(Object object) {
    try {
      Object sized = Memory.isOpen() ? HandleValue.of(object) : object;
      if (sized == null) {
        return Meter.UNKNOWN;
      }
      Object held = held(sized);
      return instrumentation.getObjectSize(sized)
          + (held == null ? 0 : instrumentation.getObjectSize(held));
    } catch (Throwable unknown) {
      return Meter.UNKNOWN;
    }
  }

  private @Nullable Object held(Object object) throws Throwable {
    long offset = -1;
    if (object instanceof StringBuilder || object instanceof StringBuffer) {
      offset = ofBuilder;
    } else if (object instanceof ByteBuffer) {
      offset = ofBuffer;
    } else if (object instanceof ByteArrayOutputStream) {
      offset = ofStream;
    }
    return offset < 0 ? null : Memory.getReference(object, offset);
  }
}
