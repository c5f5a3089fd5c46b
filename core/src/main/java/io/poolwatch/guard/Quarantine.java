package io.poolwatch.guard;

import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.RemovalReason;
import java.lang.reflect.Field;
import java.nio.Buffer;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which objects are kept out of circulation after their return, so that a late use of them is seen
 * however late it is: nobody else has the object by then. Off unless asked for.
 *
 * <p>Nothing is held: the pool parts with the object, its guard stays up, and the collector takes
 * it once nobody refers to it any more. So there is no memory to bound. Thread-safe.
 */
public final class Quarantine {
  private static final Admitted ADMITTED = new Admitted();

  /** Plain: written before there are pools. */
  private static int oneIn;

  private static @Nullable Predicate<String> named;

  private Quarantine() {}

  /**
   * Switches it on; to be called once, before any pool.
   *
   * @param oneReturnIn so many
   * @param classes names of classes whose objects are taken, those alone; null for all guarded ones
   *     that need not be closed and hold no buffers
   */
  public static void rate(int oneReturnIn, @Nullable Predicate<String> classes) {
    named = classes;
    oneIn = oneReturnIn;
  }

  /** Whether it is on. */
  public static boolean isOn() {
    return oneIn > 0;
  }

  /** Whether an object is to be taken now: by chance, so that no rhythm of the service's hides. */
  public static boolean isDue(PoolBook book, Object object) {
    int of = oneIn;
    return of > 0
        && (of == 1 || ThreadLocalRandom.current().nextInt(of) == 0)
        && Wards.isOn()
        && !book.system().guard().isOpen()
        && !GuardedClass.of(object.getClass()).isLeft()
        && ADMITTED.get(object.getClass());
  }

  /** What an object may be removed for: the given reasons, and the quarantine while it is on. */
  public static EnumSet<RemovalReason> removalReasons(EnumSet<RemovalReason> others) {
    if (isOn()) {
      others.add(RemovalReason.QUARANTINED);
    }
    return others;
  }

  /** What a miss may be caused by: the given causes, and the quarantine while it is on. */
  public static EnumSet<MissCause> missCauses(EnumSet<MissCause> others) {
    if (isOn()) {
      others.add(MissCause.QUARANTINE);
    }
    return others;
  }

  private static boolean admits(Class<?> type) {
    Predicate<String> classes = named;
    if (classes != null) {
      return classes.test(type.getName());
    }
    // What must be closed is the pool's to close. Netty's own have a count, and memory to release.
    return !AutoCloseable.class.isAssignableFrom(type)
        && !type.getName().contains(".netty.")
        && !holdsBuffers(type);
  }

  private static boolean holdsBuffers(Class<?> type) {
    try {
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        for (Field field : each.getDeclaredFields()) {
          if (Buffer.class.isAssignableFrom(field.getType())) {
            return true;
          }
        }
      }
      return false;
    } catch (Throwable unreadable) {
      // A field of a class that is not there; the service's loader may throw anything.
      return true;
    }
  }

  private static final class Admitted extends ClassValue<Boolean> {
    @Override
    protected Boolean computeValue(Class<?> type) {
      // The caller may be any code of the service, with as few permissions as it likes.
      return AccessController.doPrivileged(
          new PrivilegedAction<Boolean>() {
            @Override
            public Boolean run() {
              return admits(type);
            }
          });
    }
  }
}
