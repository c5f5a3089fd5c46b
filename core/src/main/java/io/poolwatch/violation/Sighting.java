package io.poolwatch.violation;

import org.jspecify.annotations.Nullable;

/**
 * Something that a thread did to a pooled object: when, and from where. Holds strings and no class
 * of the service. Immutable.
 */
public final class Sighting {
  /** All that runs in the boot loader is in packages of this prefix, wherever the agent puts it. */
  private static final String OURS = parentOf(parentOf(Sighting.class.getName()));

  private static final String[] ROOMS = {
    OURS.concat("violation."),
    OURS.concat("woven."),
    OURS.concat("guard."),
    OURS.concat("fingerprint."),
    OURS.concat("book.")
  };

  private final String thread;
  private final long nanos;
  private final long loan;
  private final KeptStack stack;

  private Sighting(String thread, long nanos, long loan, KeptStack stack) {
    this.thread = thread;
    this.nanos = nanos;
    this.loan = loan;
    this.stack = stack;
  }

  /**
   * What the present thread does now; costs tens of microseconds on a deep stack.
   *
   * @param loan the how-manieth of the object it is about; 0 where loans are not numbered
   */
  public static Sighting now(long loan) {
    StackTraceElement[] all = new Throwable().getStackTrace();
    int own = 0;
    while (own < all.length && isOurs(all[own].getClassName())) {
      own++;
    }
    return new Sighting(
        nameOf(Thread.currentThread()), System.nanoTime(), loan, KeptStack.of(all, own));
  }

  /** Virtual threads have no name of their own. */
  private static String nameOf(Thread thread) {
    String name = thread.getName();
    return name.isEmpty() && thread.getClass().getClassLoader() == null
        ? "#".concat(Long.toString(thread.getId()))
        : name;
  }

  private static boolean isOurs(String className) {
    for (String room : ROOMS) {
      if (className.startsWith(room)) {
        return true;
      }
    }
    return false;
  }

  /** The package of a class, or of a package, with the dot at its end. */
  private static String parentOf(String name) {
    return name.substring(0, name.lastIndexOf('.', name.length() - 2) + 1);
  }

  /** Name of the thread at that time. */
  public String thread() {
    return thread;
  }

  /** When, by {@link System#nanoTime}. */
  public long nanos() {
    return nanos;
  }

  /** Whether another one has the same stack, as far as both are known. */
  boolean isFromWhere(Sighting other) {
    return stack.isSame(other.stack);
  }

  /** Whether it was of the how-manieth loan. */
  boolean isOf(long number) {
    return loan == number;
  }

  /**
   * From where, the pool's own method first; a copy. Empty if it was forgotten, which it is not in
   * what {@link #toReport} gave.
   */
  public StackTraceElement[] stack() {
    StackTraceElement[] frames = stack.frames();
    return frames == null ? new StackTraceElement[0] : frames.clone();
  }

  /** The same, to be kept until somebody reads it; null if its stack was forgotten. */
  static @Nullable Sighting toReport(@Nullable Sighting sighting) {
    return sighting == null || sighting.stack.frames() == null
        ? null
        : new Sighting(sighting.thread, sighting.nanos, sighting.loan, sighting.stack.own());
  }
}
