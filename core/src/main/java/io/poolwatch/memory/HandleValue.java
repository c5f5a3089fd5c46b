package io.poolwatch.memory;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * The object of a handle, by which Netty's Recycler knows it: the field {@code value} of {@code
 * Recycler$DefaultHandle}, in all releases from 4.0.56 to 4.2.20. Thread-safe.
 */
public final class HandleValue {
  private static final Offsets OFFSETS = new Offsets();

  private HandleValue() {}

  /** What a handle is of, or itself if it is none; null if that cannot be read. */
  public static @Nullable Object of(Object handle) {
    long offset = OFFSETS.get(handle.getClass());
    try {
      return offset < 0 ? handle : Memory.getReference(handle, offset);
    } catch (Throwable unreadable) {
      return null;
    }
  }

  /** Where handles of a class have their object; negative if it is none of handles. */
  private static final class Offsets extends ClassValue<Long> {
    @Override
    protected Long computeValue(Class<?> type) {
      try {
        if (type.getName().endsWith("Recycler$DefaultHandle")) {
          for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals("value")) {
              return Memory.offset(field);
            }
          }
        }
      } catch (Throwable unreadable) {
        // The handle itself is looked at then, in vain, and does no harm.
      }
      return -1L;
    }
  }
}
