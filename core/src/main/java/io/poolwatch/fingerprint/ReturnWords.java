package io.poolwatch.fingerprint;

import io.poolwatch.memory.Memory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an object that is given back has in its fields, a word each; 0 for what is empty: null,
 * zero, false, a container without elements. Unlike the content that a write is found by, what a
 * buffer or an array holds does not count: nobody needs to wipe it. Refers to no class and no
 * object. Immutable.
 */
final class ReturnWords {
  private static final String[] OF_BUFFER = {"position", "limit"};
  private static final String[] OF_CONTAINER = {"size"};

  private final @Nullable Layout layout;
  private final String className;
  private final String[] names;

  private ReturnWords(@Nullable Layout layout, String className, String[] names) {
    this.layout = layout;
    this.className = className;
    this.names = names;
  }

  /** What is read of objects of the same class as this one; null if there is nothing to read. */
  static @Nullable ReturnWords like(Object object) throws Throwable {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      return null;
    }
    if (object instanceof ByteBuffer) {
      return new ReturnWords(null, type.getName(), OF_BUFFER);
    }
    if (Extent.of(object) != Extent.UNKNOWN) {
      return new ReturnWords(null, type.getName(), OF_CONTAINER);
    }
    Layout layout = Layout.of(type);
    return layout.offsets == null || layout.names.length == 0
        ? null
        : new ReturnWords(layout, type.getName(), layout.names);
  }

  /** Whether an object is of the class that this reads. */
  boolean fit(Object object) {
    return layout == null
        ? object.getClass().getName().equals(className)
        : Layout.of(object.getClass()) == layout;
  }

  /** Binary name of the class. */
  String className() {
    return className;
  }

  /** How many words there are. */
  int count() {
    return names.length;
  }

  /** The name of a field, or of what is asked instead. */
  String name(int index) {
    return names[index];
  }

  /** Whether a word is about a reference, so that 0 means null or without elements. */
  boolean isReference(int index) {
    return layout != null && layout.kinds[index] >= Layout.REFERENCE;
  }

  /** Reads a word of an object that {@link #fit fits}. */
  long read(Object object, int index) throws Throwable {
    if (object instanceof ByteBuffer) {
      ByteBuffer buffer = (ByteBuffer) object;
      // That all is writable is how an empty buffer begins.
      return index == 0 ? buffer.position() : buffer.capacity() - buffer.limit();
    }
    long @Nullable [] offsets = layout == null ? null : layout.offsets;
    if (layout == null || offsets == null) {
      return Extent.of(object);
    }
    long offset = offsets[index];
    switch (layout.kinds[index]) {
      case Layout.EIGHT:
        return Memory.getLong(object, offset);
      case Layout.FOUR:
        return Memory.getInt(object, offset);
      case Layout.TWO:
        return Memory.getShort(object, offset);
      case Layout.ONE:
        return Memory.getByte(object, offset);
      default:
        return ofReference(Memory.getReference(object, offset));
    }
  }

  private static long ofReference(@Nullable Object value) throws Throwable {
    if (value == null) {
      return 0;
    }
    int extent = Extent.of(value);
    if (extent != Extent.UNKNOWN) {
      return extent;
    }
    // Of classes that nobody can extend, so this is the JDK's code.
    if (value instanceof ByteBuffer) {
      ByteBuffer buffer = (ByteBuffer) value;
      return ((1L + buffer.position()) << Integer.SIZE) | (buffer.capacity() - buffer.limit());
    }
    if (value instanceof String) {
      return word(value.hashCode());
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      return word(value.hashCode());
    }
    if (value instanceof Enum) {
      return word(((Enum<?>) value).ordinal());
    }
    return 1;
  }

  /** Not 0, which is null's. */
  private static long word(int value) {
    return (1L << Integer.SIZE) | (value & 0xFFFF_FFFFL);
  }
}
