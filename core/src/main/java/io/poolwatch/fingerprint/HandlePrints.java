package io.poolwatch.fingerprint;

import io.poolwatch.book.PoolBook;
import io.poolwatch.memory.Memory;
import io.poolwatch.violation.Handles;
import io.poolwatch.violation.IdentityTable;
import java.lang.reflect.Field;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of pools that keep no life of each object, and may know it by a handle: the last few
 * thousand that were taken are remembered. Thread-safe.
 */
public final class HandlePrints {
  private static final IdentityTable<Print> PRINTS = new IdentityTable<>();
  private static final Values VALUES = new Values();

  private HandlePrints() {}

  /** An object is about to be put back, and is nobody's yet. */
  public static void returned(PoolBook book, Object handle) {
    int oneIn = Fingerprints.rate();
    if (oneIn == 0) {
      return;
    }
    Print print = null;
    if (oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0) {
      Object object = object(handle);
      if (object != null && Subjects.include(object) && !Fingerprints.isAside(book)) {
        print = Fingerprints.print(object, ThreadLocalRandom.current().nextLong());
      }
    }
    if (print != null) {
      PRINTS.put(handle, print);
    } else {
      // One of a return that was refused in the end, after which the object was still lent.
      PRINTS.remove(handle);
    }
  }

  /** An object was taken out, and its borrower does not have it yet. */
  public static void borrowed(PoolBook book, Object handle) {
    Print print = PRINTS.remove(handle);
    Object object = print == null ? null : object(handle);
    if (print != null && object != null) {
      Fingerprints.compare(book, print, object, null, Handles.returnOf(handle));
    }
  }

  /** What a handle is of, or itself if it is none. */
  private static @Nullable Object object(Object handle) {
    long offset = VALUES.get(handle.getClass());
    try {
      return offset < 0 ? handle : Memory.getReference(handle, offset);
    } catch (Throwable unreadable) {
      return null;
    }
  }

  /** Where handles of a class have their object; negative if it is none of handles. */
  private static final class Values extends ClassValue<Long> {
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
