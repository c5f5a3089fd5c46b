package io.poolwatch.agent.library.nettyrecycler;

import io.poolwatch.agent.weave.LateLibrary;
import io.poolwatch.agent.weave.OpenMemory;
import io.poolwatch.agent.weave.PoolLibrary;
import io.poolwatch.agent.weave.WovenLoader;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.Tally;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * One woven release of Netty, and Recyclers of it. All is reached by reflection, because releases
 * differ in what would have to be compiled: 4.0 gives back through the Recycler, with a handle type
 * that has no parameter.
 */
final class Netty {
  /** Every change of internals, the oldest, and the newest of both lines. */
  static final List<String> VERSIONS =
      List.of(
          "4.0.56", "4.1.9", "4.1.25", "4.1.45", "4.1.52", "4.1.60", "4.1.65", "4.1.70", "4.1.71",
          "4.1.75", "4.1.100", "4.1.119", "4.1.120", "4.1.140", "4.2.0", "4.2.6", "4.2.7", "4.2.9",
          "4.2.20");

  /**
   * What takes longer runs on these, and on all with {@code -Pmatrix}: each generation is there.
   */
  static final List<String> SPREAD =
      Boolean.getBoolean("matrix")
          ? VERSIONS
          : List.of("4.0.56", "4.1.25", "4.1.70", "4.1.119", "4.1.140", "4.2.6", "4.2.20");

  final WovenLoader loader;
  final String version;
  private final Class<?> recyclerClass;
  private final Class<?> handleClass;
  private final Constructor<?> fastThread;
  private final Object noop;

  /** Keeps the Recyclers alive as long as this: a collected one is another case. */
  private final List<Pool> pools = new ArrayList<>();

  private final Ledger ledger = new Ledger((system, facts) -> facts.objectClass(), 1_000);

  private Netty(String version, WovenLoader loader) {
    this.version = version;
    this.loader = loader;
    try {
      recyclerClass = loader.loadClass("io.netty.util.Recycler");
      handleClass = loader.loadClass("io.netty.util.Recycler$Handle");
      fastThread =
          loader
              .loadClass("io.netty.util.concurrent.FastThreadLocalThread")
              .getConstructor(Runnable.class);
      Field noopHandle = recyclerClass.getDeclaredField("NOOP_HANDLE");
      noopHandle.setAccessible(true);
      noop = noopHandle.get(null);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException(version, unknown);
    }
  }

  /** One into which nothing is woven but what always is, and these. */
  static Netty with(String version, Set<Extra> extras) {
    return new Netty(version, WovenLoader.of(new NettyRecycler(extras), jar(version)));
  }

  /** One that is woven as it would be if it had been loaded already. */
  static Netty late(String version) throws ReflectiveOperationException {
    OpenMemory.open();
    return new Netty(version, WovenLoader.of(lateLibrary(), jar(version)));
  }

  /** The same, of which one class file is changed before the transformer sees it. */
  static Netty late(String version, String className, UnaryOperator<byte[]> change) {
    return new Netty(
        version, WovenLoader.of(lateLibrary(), jar(version)).mutilate(className, change));
  }

  private static PoolLibrary lateLibrary() {
    return new LateLibrary(new NettyRecycler(EnumSet.allOf(Extra.class)));
  }

  private static String jar(String version) {
    return "netty-common-" + version + ".Final.jar";
  }

  static Netty of(String version) {
    return new Netty(version, loader(version));
  }

  /** A release of which one class file is changed before the transformer sees it. */
  static Netty of(String version, String className, UnaryOperator<byte[]> change) {
    return new Netty(version, loader(version).mutilate(className, change));
  }

  private static WovenLoader loader(String version) {
    return WovenLoader.of(new NettyRecycler(EnumSet.allOf(Extra.class)), jar(version));
  }

  /** Lets a pinned Recycler go of its thread, from 4.2.7 on. */
  void unpinOwner(Pool pool) throws ReflectiveOperationException {
    recyclerClass.getMethod("unpinOwner", recyclerClass).invoke(null, pool.recycler);
  }

  /** A thread that has Netty's fast thread locals, and cleans them up. */
  Thread fastThread(Runnable body) {
    try {
      return (Thread) fastThread.newInstance(body);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  /** A thread with fast thread locals, and nothing that removes them at its end. */
  Thread fastThreadWithoutCleanUp(Runnable body) {
    try {
      return (Thread)
          new ByteBuddy()
              .subclass(fastThread.getDeclaringClass())
              .method(ElementMatchers.named("run"))
              .intercept(
                  InvocationHandlerAdapter.of(
                      (thread, method, none) -> {
                        body.run();
                        return null;
                      }))
              .make()
              .load(loader, ClassLoadingStrategy.Default.WRAPPER)
              .getLoaded()
              .getConstructor()
              .newInstance();
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  /** Runs a body on a new thread to its end; its failure is the test's. */
  void onFastThread(Body body) throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        fastThread(
            () -> {
              try {
                body.run();
              } catch (Throwable failure) {
                thrown[0] = failure;
              }
            });
    thread.start();
    thread.join();
    if (thrown[0] != null) {
      throw new AssertionError(thrown[0]);
    }
  }

  /** Drops all fast thread locals of the present thread. */
  void removeAllThreadLocals() throws ReflectiveOperationException {
    loader
        .loadClass("io.netty.util.concurrent.FastThreadLocal")
        .getMethod("removeAll")
        .invoke(null);
  }

  /** What is written about the pool of objects of a class, since its first. */
  Tally tally(Class<?> pooled) {
    for (PoolSnapshot pool : ledger.snapshot()) {
      if (pool.identity().name().equals(pooled.getName())) {
        return pool.tally();
      }
    }
    throw new AssertionError("no pool of " + pooled + " among " + ledger.snapshot().size());
  }

  /** The same, or an empty one while the pool is not known yet. */
  Tally tallyOrEmpty(Class<?> pooled) {
    for (PoolSnapshot pool : ledger.snapshot()) {
      if (pool.identity().name().equals(pooled.getName())) {
        return pool.tally();
      }
    }
    return new Tally();
  }

  /** Has the gets of all pools served by plain creation, or by the pools again. */
  void unpooled(boolean now) {
    ledger.snapshot();
    ledger.visit((identity, book) -> book.unpooled(now ? 1 : 0));
  }

  /** Which generation of internals this is, by the classes that exist. */
  int generation() {
    return exists("$Stack") ? 1 : exists("$GuardedLocalPool") ? 3 : 2;
  }

  private boolean exists(String nested) {
    return loader.getResource("io/netty/util/Recycler" + nested + ".class") != null;
  }

  /** Whether objects with this handle can never come back. */
  boolean isNoop(Object handle) {
    return noop == handle;
  }

  /** How many idle objects the library itself says the present thread has. */
  int idleNow(Pool pool) {
    try {
      Method size = recyclerClass.getDeclaredMethod("threadLocalSize");
      size.setAccessible(true);
      return (int) size.invoke(pool.recycler);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  /**
   * A Recycler of {@link NettyRecyclerTest.Pooled} with this capacity a thread and this ratio, or
   * the next that this release's constructors can say.
   */
  Pool recyclerOf(int capacity, int ratio) {
    return generation() == 1
        ? recycler(NettyRecyclerTest.Pooled::new, capacity, 2, ratio, 4)
        : recycler(NettyRecyclerTest.Pooled::new, capacity, ratio, 32);
  }

  /** A Recycler whose constructor takes these arguments, and whose objects a function makes. */
  Pool recycler(Function<Object, Object> factory, Object... arguments) {
    try {
      Class<?>[] types = new Class<?>[arguments.length];
      for (int i = 0; i < types.length; i++) {
        types[i] = MethodType.methodType(arguments[i].getClass()).unwrap().returnType();
        if (arguments[i] instanceof Thread) {
          types[i] = Thread.class;
        }
      }
      Class<?> subclass =
          new ByteBuddy()
              .subclass(recyclerClass, ConstructorStrategy.Default.IMITATE_SUPER_CLASS_OPENING)
              .method(ElementMatchers.named("newObject"))
              .intercept(
                  InvocationHandlerAdapter.of(
                      (recycler, method, handle) -> factory.apply(handle[0])))
              .make()
              .load(loader, ClassLoadingStrategy.Default.WRAPPER)
              .getLoaded();
      Pool pool = new Pool(subclass.getConstructor(types).newInstance(arguments));
      pools.add(pool);
      return pool;
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException(version, unknown);
    }
  }

  /** What may throw. */
  interface Body {
    void run() throws Throwable;
  }

  /** A Recycler. */
  final class Pool {
    final Object recycler;
    private final MethodHandle get;
    private final MethodHandle recycle;
    private final boolean byHandle;
    private boolean shared;

    Pool(Object recycler) throws ReflectiveOperationException {
      this.recycler = recycler;
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      get =
          lookup
              .unreflect(recyclerClass.getMethod("get"))
              .asType(MethodType.methodType(Object.class, Object.class));
      Method byHandleMethod = null;
      for (Method method : handleClass.getMethods()) {
        if (method.getName().equals("recycle")) {
          byHandleMethod = method;
        }
      }
      byHandle = byHandleMethod != null;
      Method method =
          byHandleMethod != null
              ? byHandleMethod
              : recyclerClass.getMethod("recycle", Object.class, handleClass);
      recycle = lookup.unreflect(method).asType(method(byHandle));
    }

    private MethodType method(boolean handleFirst) {
      return handleFirst
          ? MethodType.methodType(void.class, Object.class, Object.class)
          : MethodType.methodType(void.class, Object.class, Object.class, Object.class);
    }

    /** Notes that this Recycler has one local pool for all threads. */
    Pool shared() {
      shared = true;
      return this;
    }

    boolean isShared() {
      return shared;
    }

    Object get() {
      try {
        return (Object) get.invokeExact(recycler);
      } catch (Throwable thrown) {
        throw sneaky(thrown);
      }
    }

    /** Gives an object back through a handle, in the way of this release. */
    void recycle(Object object, Object handle) {
      try {
        if (byHandle) {
          recycle.invokeExact(handle, object);
        } else {
          recycle.invokeExact(recycler, object, handle);
        }
      } catch (Throwable thrown) {
        throw sneaky(thrown);
      }
    }

    /** {@code recycler.recycle(object, handle)}, which all releases have. */
    boolean recycleThroughPool(Object object, Object handle) throws Throwable {
      try {
        return (boolean)
            recyclerClass
                .getMethod("recycle", Object.class, handleClass)
                .invoke(recycler, object, handle);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
