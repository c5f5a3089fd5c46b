package io.poolwatch.fingerprint;

import io.poolwatch.memory.Memory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a class lie, those of its superclasses included. Refers to no class.
 *
 * <p>Left out are static fields; volatile ones, which say of themselves that several threads are at
 * work on them; and those that weaving gave. Immutable.
 */
final class Layout {
  static final int EIGHT = 0;
  static final int FOUR = 1;
  static final int TWO = 2;
  static final int ONE = 3;

  /** A reference, which counts by the identity of what it refers to. */
  static final int REFERENCE = 4;

  /** A reference declared as an array of numbers: its elements count, too. */
  static final int NUMBERS = 5;

  /** A reference declared as a byte buffer: its content counts, too, if it is on the heap. */
  static final int BUFFER = 6;

  private static final String WOVEN = "poolwatch$";
  private static final Known KNOWN = new Known();

  /** Null if the class cannot be read. */
  final long @Nullable [] offsets;

  final int[] kinds;
  final String[] names;

  private Layout(long @Nullable [] offsets, int[] kinds, String[] names) {
    this.offsets = offsets;
    this.kinds = kinds;
    this.names = names;
  }

  static Layout of(Class<?> type) {
    return KNOWN.get(type);
  }

  private static Layout read(Class<?> type) {
    long[] offsets = new long[8];
    int[] kinds = new int[8];
    String[] names = new String[8];
    int count = 0;
    try {
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        for (Field field : each.getDeclaredFields()) {
          if (counts(field)) {
            if (count == offsets.length) {
              offsets = Arrays.copyOf(offsets, 2 * count);
              kinds = Arrays.copyOf(kinds, 2 * count);
              names = Arrays.copyOf(names, 2 * count);
            }
            offsets[count] = Memory.offset(field);
            names[count] = field.getName();
            kinds[count++] = kind(field.getType());
          }
        }
      }
    } catch (Throwable unreadable) {
      // A field of a class that is not there, for example: then nothing is said of its objects.
      return new Layout(null, new int[0], new String[0]);
    }
    return new Layout(
        Arrays.copyOf(offsets, count), Arrays.copyOf(kinds, count), Arrays.copyOf(names, count));
  }

  private static boolean counts(Field field) {
    return (field.getModifiers() & (Modifier.STATIC | Modifier.VOLATILE)) == 0
        && !field.getName().startsWith(WOVEN);
  }

  private static int kind(Class<?> type) {
    if (!type.isPrimitive()) {
      Class<?> element = type.getComponentType();
      if (element != null && element.isPrimitive()) {
        return NUMBERS;
      }
      return type == ByteBuffer.class ? BUFFER : REFERENCE;
    }
    if (type == long.class || type == double.class) {
      return EIGHT;
    }
    if (type == int.class || type == float.class) {
      return FOUR;
    }
    return type == short.class || type == char.class ? TWO : ONE;
  }

  private static final class Known extends ClassValue<Layout> {
    @Override
    protected Layout computeValue(Class<?> type) {
      // The caller may be any code of the service, with as few permissions as it likes.
      return AccessController.doPrivileged(
          new PrivilegedAction<Layout>() {
            @Override
            public Layout run() {
              return read(type);
            }
          });
    }
  }
}
