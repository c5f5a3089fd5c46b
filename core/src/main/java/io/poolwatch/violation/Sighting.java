package io.poolwatch.violation;

/**
 * Something that a thread did to a pooled object: when, and from where. Holds strings and no class
 * of the service. Immutable.
 */
public final class Sighting {
  /** Frames kept of a stack, from its top. */
  private static final int MOST_FRAMES = 64;

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
  private final StackTraceElement[] stack;

  private Sighting(String thread, long nanos, long loan, StackTraceElement[] stack) {
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
    StackTraceElement[] kept = new StackTraceElement[Math.min(all.length - own, MOST_FRAMES)];
    System.arraycopy(all, own, kept, 0, kept.length);
    return new Sighting(Thread.currentThread().getName(), System.nanoTime(), loan, kept);
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

  /** Whether it was of the how-manieth loan. */
  boolean isOf(long number) {
    return loan == number;
  }

  /** From where, the pool's own method first; a copy. */
  public StackTraceElement[] stack() {
    return stack.clone();
  }
}
