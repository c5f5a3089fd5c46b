package io.poolwatch.fingerprint;

import io.poolwatch.memory.Memory;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much is in a container of the JDK's, whose class is exactly one of those named here: asking
 * such a one runs no code of the service's, takes no lock and changes nothing.
 */
final class Extent {
  /** It is no such container. */
  static final int UNKNOWN = -1;

  private Extent() {}

  /** Elements, entries, characters or bytes; {@link #UNKNOWN} for all other objects. */
  static int of(Object object) throws Throwable {
    Class<?> type = object.getClass();
    if (type == StringBuilder.class) {
      return ((StringBuilder) object).length();
    }
    // Their own methods are synchronized.
    if (type == StringBuffer.class) {
      return count(object, Count.OF_BUFFER);
    }
    if (type == ByteArrayOutputStream.class) {
      return count(object, Count.OF_STREAM);
    }
    if (type == ArrayList.class
        || type == LinkedList.class
        || type == ArrayDeque.class
        || type == PriorityQueue.class
        || type == HashSet.class
        || type == LinkedHashSet.class) {
      return ((Collection<?>) object).size();
    }
    if (type == HashMap.class || type == LinkedHashMap.class || type == TreeMap.class) {
      return ((Map<?, ?>) object).size();
    }
    return UNKNOWN;
  }

  private static int count(Object object, long offset) throws Throwable {
    return offset < 0 ? UNKNOWN : Memory.getInt(object, offset);
  }

  /** Where the JDK has its counts; negative if it is elsewhere in this release. */
  private static final class Count {
    static final long OF_BUFFER = offset(StringBuffer.class.getSuperclass());
    static final long OF_STREAM = offset(ByteArrayOutputStream.class);

    private static long offset(@Nullable Class<?> type) {
      try {
        if (type != null) {
          Field field = type.getDeclaredField("count");
          return field.getType() == int.class ? Memory.offset(field) : -1;
        }
      } catch (Throwable unknown) {
        // Then nothing is said of such objects.
      }
      return -1;
    }
  }
}
