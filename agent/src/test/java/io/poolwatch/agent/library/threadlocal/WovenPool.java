package io.poolwatch.agent.library.threadlocal;

import io.poolwatch.agent.weave.WovenLoader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bundled pool of a woven copy of its classes, as an application under the agent has it; reached
 * by reflection, since the test itself has another copy.
 */
final class WovenPool {
  private final Object pool;
  private final @Nullable Object epoch;
  private final MethodHandle get;
  private final MethodHandle put;

  private WovenPool(Object pool, @Nullable Object epoch) throws ReflectiveOperationException {
    this.pool = pool;
    this.epoch = epoch;
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    get =
        lookup
            .unreflect(pool.getClass().getMethod("get"))
            .asType(MethodType.methodType(Object.class, Object.class));
    put =
        lookup
            .unreflect(pool.getClass().getMethod("put", Object.class))
            .asType(MethodType.methodType(void.class, Object.class, Object.class));
  }

  static Builder builder(WovenLoader loader, Supplier<?> factory) {
    return new Builder(loader, factory);
  }

  Object get() {
    try {
      return (Object) get.invokeExact(pool);
    } catch (Throwable thrown) {
      throw sneaky(thrown);
    }
  }

  void put(Object object) {
    try {
      put.invokeExact(pool, object);
    } catch (Throwable thrown) {
      throw sneaky(thrown);
    }
  }

  /** One of the pool's own {@code Counts}. */
  long own(String figure) {
    try {
      Object counts = method(pool.getClass(), "counts").invoke(pool);
      return (long) method(counts.getClass(), figure).invoke(counts);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  /** Lets the pool see a collection, where it was built to see those of the test alone. */
  void collection() {
    if (epoch == null) {
      throw new IllegalStateException("follows the JVM's collector");
    }
    try {
      java.lang.reflect.Field clock = epoch.getClass().getDeclaredField("clock");
      clock.setAccessible(true);
      ((AtomicInteger) clock.get(epoch)).incrementAndGet();
      method(epoch.getClass(), "sweepAll").invoke(epoch);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = type.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** The pool's own builder. */
  static final class Builder {
    private final ClassLoader loader;
    private Object builder;

    Builder(WovenLoader loader, Supplier<?> factory) {
      this.loader = loader;
      try {
        builder =
            loader
                .loadClass("io.poolwatch.pool.ThreadLocalPool")
                .getMethod("builder", Supplier.class)
                .invoke(null, factory);
      } catch (ReflectiveOperationException unknown) {
        throw new IllegalStateException(unknown);
      }
    }

    Builder name(String name) {
      return set("name", String.class, name);
    }

    Builder maxShared(int most) {
      return set("maxShared", int.class, most);
    }

    Builder dropPuts(double share) {
      return set("dropPuts", double.class, share);
    }

    Builder detectDoublePut() {
      return set("detectDoublePut", boolean.class, true);
    }

    Builder reset(Consumer<Object> reset) {
      return set("reset", Consumer.class, reset);
    }

    private Builder set(String choice, Class<?> type, Object value) {
      try {
        builder = method(builder.getClass(), choice, type).invoke(builder, value);
        return this;
      } catch (ReflectiveOperationException unknown) {
        throw new IllegalStateException(unknown);
      }
    }

    /** A pool that follows the JVM's collector. */
    WovenPool build() {
      try {
        return new WovenPool(method(builder.getClass(), "build").invoke(builder), null);
      } catch (InvocationTargetException thrown) {
        throw sneaky(thrown.getCause());
      } catch (ReflectiveOperationException unknown) {
        throw new IllegalStateException(unknown);
      }
    }

    /** A pool whose collections are those that the test says. */
    WovenPool buildStill() {
      try {
        Class<?> type = loader.loadClass("io.poolwatch.pool.GcEpoch");
        java.lang.reflect.Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object epoch = constructor.newInstance();
        return new WovenPool(
            method(builder.getClass(), "build", type).invoke(builder, epoch), epoch);
      } catch (ReflectiveOperationException unknown) {
        throw new IllegalStateException(unknown);
      }
    }
  }
}
