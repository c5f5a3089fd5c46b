package io.poolwatch.fingerprint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose content is looked at: of what cannot change by itself, and of the classes that are named.
 * Thread-safe.
 */
final class Subjects {
  private static volatile @Nullable Predicate<String> named;
  private static final Named NAMED = new Named();

  private Subjects() {}

  /** Names further classes; to be called before the first object is looked at. */
  static void name(Predicate<String> classes) {
    named = classes;
  }

  /** Whether an object is to be looked at. */
  static boolean include(Object object) {
    return isPassive(object) || NAMED.get(object.getClass());
  }

  /** Whether an object cannot change by itself: it has no code of the service's, and no thread. */
  static boolean isPassive(Object object) {
    Class<?> type = object.getClass();
    return type.isArray()
        || object instanceof ByteBuffer
        || type == StringBuilder.class
        || type == StringBuffer.class
        || type == ByteArrayOutputStream.class;
  }

  private static final class Named extends ClassValue<Boolean> {
    @Override
    protected Boolean computeValue(Class<?> type) {
      Predicate<String> classes = named;
      return classes != null && classes.test(type.getName());
    }
  }
}
