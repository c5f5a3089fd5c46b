package io.poolwatch.guard;

import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A class of which some pool has objects: whether its methods are woven. The class itself is held
 * weakly. Thread-safe.
 */
public final class GuardedClass {
  /** Classes that are told to the agent; a service that makes more at run time has its reasons. */
  private static final int MOST = 1000;

  /**
   * Calls of its own methods that a class may make on idle objects; each one costs a microsecond or
   * two, to see who calls.
   */
  private static final int MOST_OWN_CALLS = 500_000;

  private static final ConcurrentLinkedQueue<GuardedClass> NEW = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger ROOM = new AtomicInteger(MOST);
  private static final Known KNOWN = new Known();
  private static final Interfaces INTERFACES = new Interfaces();
  private static final AtomicIntegerFieldUpdater<GuardedClass> TABLED =
      AtomicIntegerFieldUpdater.newUpdater(GuardedClass.class, "tabled");
  private static final AtomicIntegerFieldUpdater<GuardedClass> HANDLED =
      AtomicIntegerFieldUpdater.newUpdater(GuardedClass.class, "handled");

  private final WeakReference<Class<?>> type;
  private final AtomicInteger ownCalls = new AtomicInteger();
  private volatile boolean left;

  /** Whether the agent hears of it; there are too many if not. */
  private final boolean isTold;

  /** How its objects are known; each is set once, and asked for by the agent's thread. */
  private volatile int tabled;

  private volatile int handled;

  private GuardedClass(Class<?> type) {
    this.type = new WeakReference<>(type);
    // Classes of the JDK are never woven: they are everybody's.
    isTold = ROOM.getAndDecrement() > 0;
    left = type.getClassLoader() == null || type.isArray() || !isTold;
  }

  /** What is known of a class. */
  static GuardedClass of(Class<?> type) {
    return KNOWN.get(type);
  }

  /** The same, of a class whose objects have tags; told the first time, the agent hears of it. */
  static GuardedClass tabled(Class<?> type) {
    GuardedClass known = KNOWN.get(type);
    if (known.tabled == 0 && known.isTold && TABLED.compareAndSet(known, 0, 1)) {
      NEW.add(known);
    }
    return known;
  }

  /** The same, of a class whose objects have handles. */
  static void handled(Class<?> type) {
    GuardedClass known = KNOWN.get(type);
    if (known.handled == 0 && known.isTold && HANDLED.compareAndSet(known, 0, 1)) {
      NEW.add(known);
    }
  }

  /** Whether some of its objects have tags. */
  public boolean isTabled() {
    return tabled != 0;
  }

  /** Whether some of its objects have handles. */
  public boolean isHandled() {
    return handled != 0;
  }

  /** The next class that a pool has objects of; null if there is none. */
  public static @Nullable GuardedClass poll() {
    return NEW.poll();
  }

  /**
   * The default methods of an interface ask the guard where they are uses, as those of a superclass
   * do: what they call of their object is its own work.
   */
  public static void weaveInterface(Class<?> type) {
    INTERFACES.get(type).set(true);
  }

  static boolean isWovenInterface(Class<?> type) {
    return type.isInterface() && type.getClassLoader() != null && INTERFACES.get(type).get();
  }

  /** The class, or null if it is gone. */
  public @Nullable Class<?> type() {
    return type.get();
  }

  /** It cannot be woven; its objects need not be known. */
  public void leave() {
    left = true;
  }

  /** Whether it is not woven, and will not be. */
  boolean isLeft() {
    return left;
  }

  /** An idle object was called by its own class. */
  void calledByItself() {
    if (ownCalls.incrementAndGet() > MOST_OWN_CALLS) {
      left = true;
    }
  }

  /**
   * Whether its objects call themselves while they are idle so often that it is guarded no more.
   */
  public boolean isTooLively() {
    return ownCalls.get() > MOST_OWN_CALLS;
  }

  private static final class Interfaces extends ClassValue<AtomicBoolean> {
    @Override
    protected AtomicBoolean computeValue(Class<?> type) {
      return new AtomicBoolean();
    }
  }

  private static final class Known extends ClassValue<GuardedClass> {
    @Override
    protected GuardedClass computeValue(Class<?> type) {
      return new GuardedClass(type);
    }
  }
}
