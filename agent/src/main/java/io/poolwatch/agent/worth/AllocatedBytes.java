package io.poolwatch.agent.worth;

import com.sun.management.ThreadMXBean;
import io.poolwatch.memory.Memory;
import io.poolwatch.worth.Meter;
import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.function.ToLongFunction;

/**
 * Bytes that threads of this JVM have allocated, by the JVM's own count. Thread-safe.
 *
 * <p>From 14 on the JVM tells them of the present thread without any ado. Before, it is asked for a
 * thread by its id, which is read where it lies, since {@code getId()} may be the service's code.
 */
final class AllocatedBytes {
  private final ThreadMXBean threads;
  private final ToLongFunction<ThreadMXBean> ofPresent;
  private final long byReading;

  private AllocatedBytes(ThreadMXBean threads, ToLongFunction<ThreadMXBean> ofPresent) {
    this.threads = threads;
    this.ofPresent = ofPresent;
    byReading = least();
  }

  /**
   * Opens it; loads what is loaded of it.
   *
   * @throws ReflectiveOperationException if this JVM does not tell, and the like
   */
  static AllocatedBytes open() throws Throwable {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    if (!threads.isThreadAllocatedMemorySupported()) {
      throw new ReflectiveOperationException("this JVM does not count what its threads allocate");
    }
    AllocatedBytes opened = new AllocatedBytes(threads, ofPresent());
    if (opened.present() < 0) {
      throw new ReflectiveOperationException("counting what threads allocate is switched off");
    }
    return opened;
  }

  private static ToLongFunction<ThreadMXBean> ofPresent() throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle direct;
    try {
      direct =
          lookup.findVirtual(
              ThreadMXBean.class,
              "getCurrentThreadAllocatedBytes",
              MethodType.methodType(long.class));
    } catch (NoSuchMethodException before14) {
      return byId();
    }
    // A class of its own, made now: a handle that is called spins classes of its own when it likes.
    CallSite site =
        LambdaMetafactory.metafactory(
            lookup,
            "applyAsLong",
            MethodType.methodType(ToLongFunction.class),
            MethodType.methodType(long.class, Object.class),
            direct,
            MethodType.methodType(long.class, ThreadMXBean.class));
    @SuppressWarnings("unchecked")
    ToLongFunction<ThreadMXBean> function =
        (ToLongFunction<ThreadMXBean>) site.getTarget().invoke();
    return function;
  }

  private static ToLongFunction<ThreadMXBean> byId() throws Throwable {
    if (!Memory.isOpen()) {
      throw new ReflectiveOperationException("the JVM keeps its memory closed");
    }
    return new ById(Memory.offset(Thread.class.getDeclaredField("tid")));
  }

  /** What the present thread allocated so far, or {@link Meter#UNKNOWN}. Never throws. */
  long present() {
    try {
      return ofPresent.applyAsLong(threads);
    } catch (Throwable notOfThisThread) {
      return Meter.UNKNOWN; // a virtual one, for instance
    }
  }

  /** What a reading itself allocates. */
  long byReading() {
    return byReading;
  }

  private long least() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      long before = present();
      least = Math.min(least, present() - before);
    }
    return Math.max(0, least);
  }

  private static final class ById implements ToLongFunction<ThreadMXBean> {
    private final long offset;

    ById(long offset) {
      this.offset = offset;
    }

    @Override
    public long applyAsLong(ThreadMXBean threads) {
      try {
        return threads.getThreadAllocatedBytes(Memory.getLong(Thread.currentThread(), offset));
      } catch (Throwable unreadable) {
        return Meter.UNKNOWN;
      }
    }
  }
}
