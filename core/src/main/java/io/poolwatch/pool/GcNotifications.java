package io.poolwatch.pool;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Counts collections, minor and major, by the JVM's notifications, without being held by the JVM.
 *
 * <p>The collectors' beans live as long as the JVM and hold their listeners strongly. A listener of
 * a class of ours would pin our class loader, and with it an application that was undeployed. So
 * the listener is put together from method handles of the JDK alone. In Java it would read
 *
 * <pre>
 * clock.incrementAndGet();
 * if (queue.poll() != null) {           // the sweep has been collected, and our classes with it
 *   emitter.removeNotificationListener(self.get());
 * } else if (due.get()) {
 *   Runnable sweep = reference.get();
 *   if (sweep != null) sweep.run();
 * }
 * </pre>
 *
 * {@code due} is false when nobody uses a pool any more. Without it {@code reference.get()} after
 * each young collection would, on a collector that marks concurrently, make the sweep live for each
 * marking, and so pin what it was made not to pin.
 */
final class GcNotifications {

  private static final Lookup LOOKUP = MethodHandles.publicLookup();

  private GcNotifications() {}

  /**
   * Starts to count in {@code clock} and to run {@code sweep}, which is held weakly, while {@code
   * due}.
   *
   * @return false where collections cannot be listened to: no {@code java.management}, or no bean
   *     that tells
   */
  static boolean listen(AtomicInteger clock, AtomicBoolean due, Runnable sweep) {
    try {
      boolean listening = false;
      for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
        if (bean instanceof NotificationEmitter && endsCollections(bean.getName())) {
          NotificationEmitter emitter = (NotificationEmitter) bean;
          emitter.addNotificationListener(listener(emitter, clock, due, sweep), null, null);
          listening = true;
        }
      }
      return listening;
    } catch (LinkageError | ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  /**
   * ZGC and Shenandoah have one bean for cycles and one for their pauses, several of which make a
   * cycle; G1's third bean (JDK 20) tells of the pauses of marking.
   */
  private static boolean endsCollections(String bean) {
    return !bean.endsWith("Pauses") && !bean.endsWith("Concurrent GC");
  }

  private static NotificationListener listener(
      NotificationEmitter emitter, AtomicInteger clock, AtomicBoolean due, Runnable sweep)
      throws ReflectiveOperationException {
    AtomicReference<NotificationListener> self = new AtomicReference<>();
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    WeakReference<Runnable> reference = new WeakReference<>(sweep, queue);

    MethodHandle count =
        LOOKUP
            .findVirtual(AtomicInteger.class, "incrementAndGet", methodType(int.class))
            .bindTo(clock)
            .asType(methodType(void.class));
    MethodHandle whole =
        MethodHandles.foldArguments(
            MethodHandles.guardWithTest(
                isCleared(queue), remove(emitter, self), sweepIfDue(due, reference)),
            count);
    NotificationListener listener =
        asListener(MethodHandles.dropArguments(whole, 0, Notification.class, Object.class));
    self.set(listener);
    return listener;
  }

  private static MethodHandle isCleared(ReferenceQueue<Object> queue)
      throws ReflectiveOperationException {
    MethodHandle poll =
        LOOKUP.findVirtual(ReferenceQueue.class, "poll", methodType(Reference.class)).bindTo(queue);
    MethodHandle some =
        LOOKUP
            .findStatic(Objects.class, "nonNull", methodType(boolean.class, Object.class))
            .asType(methodType(boolean.class, Reference.class));
    return MethodHandles.collectArguments(some, 0, poll);
  }

  private static MethodHandle remove(
      NotificationEmitter emitter, AtomicReference<NotificationListener> self)
      throws ReflectiveOperationException {
    MethodHandle remove =
        LOOKUP
            .findVirtual(
                NotificationEmitter.class,
                "removeNotificationListener",
                methodType(void.class, NotificationListener.class))
            .bindTo(emitter);
    MethodHandle listener =
        LOOKUP
            .findVirtual(AtomicReference.class, "get", methodType(Object.class))
            .bindTo(self)
            .asType(methodType(NotificationListener.class));
    return MethodHandles.collectArguments(remove, 0, listener);
  }

  private static MethodHandle sweepIfDue(AtomicBoolean due, WeakReference<Runnable> reference)
      throws ReflectiveOperationException {
    MethodHandle nothing = MethodHandles.empty(methodType(void.class));
    MethodHandle held =
        LOOKUP
            .findVirtual(WeakReference.class, "get", methodType(Object.class))
            .bindTo(reference)
            .asType(methodType(Runnable.class));
    MethodHandle isNull =
        LOOKUP
            .findStatic(Objects.class, "isNull", methodType(boolean.class, Object.class))
            .asType(methodType(boolean.class, Runnable.class));
    MethodHandle runUnlessNull =
        MethodHandles.guardWithTest(
            isNull,
            MethodHandles.dropArguments(nothing, 0, Runnable.class),
            LOOKUP.findVirtual(Runnable.class, "run", methodType(void.class)));
    MethodHandle isDue =
        LOOKUP.findVirtual(AtomicBoolean.class, "get", methodType(boolean.class)).bindTo(due);
    return MethodHandles.guardWithTest(
        isDue, MethodHandles.collectArguments(runUnlessNull, 0, held), nothing);
  }

  /**
   * The interface belongs to the boot loader, and to JDK 21 the proxy's class is then defined in
   * the thread's context loader, which may be the very application that must not be pinned.
   */
  private static NotificationListener asListener(MethodHandle target) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      return MethodHandleProxies.asInterfaceInstance(NotificationListener.class, target);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
