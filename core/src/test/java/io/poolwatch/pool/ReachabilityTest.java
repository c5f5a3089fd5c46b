package io.poolwatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Nothing static, no thread and no listener keeps a pool, its objects or its class loader alive.
 */
class ReachabilityTest {

  /** A pooled object that leads back to its pool, as objects that put themselves back do. */
  static final class Loop {
    final ThreadLocalPool<?>[] pool = new ThreadLocalPool<?>[1];
    final byte[] content = new byte[1024];
  }

  @Test
  void aDroppedPoolGoesWithItsObjectsThoughTheThreadsLiveOn() throws Exception {
    // An epoch that stands still: no sweep helps.
    GcEpoch still = new GcEpoch();
    ExecutorService living = Executors.newFixedThreadPool(3);
    try {
      List<WeakReference<?>> watched = useAndDropAPool(living, still);
      assertThat(watched).hasSize(10);
      for (int i = 0; i < 100 && watched.stream().anyMatch(one -> one.get() != null); i++) {
        System.gc();
        Thread.sleep(10);
      }
      assertThat(watched).allSatisfy(one -> assertThat(one.get()).isNull());
      assertThat(still.registered()).isZero();
    } finally {
      living.shutdownNow();
    }
  }

  /** In a frame of its own, since a variable may be alive as long as its method runs. */
  private static List<WeakReference<?>> useAndDropAPool(ExecutorService living, GcEpoch epoch)
      throws Exception {
    List<WeakReference<?>> watched = new ArrayList<>();
    ThreadLocalPool<Loop> pool = ThreadLocalPool.<Loop>builder(Loop::new).build(epoch);
    for (int i = 0; i < 3; i++) {
      living.submit(() -> watched.addAll(use(pool))).get();
    }
    assertThat(pool.countIdle()).isEqualTo((int) pool.counts().idle()).isPositive();
    watched.add(new WeakReference<>(pool));
    return watched;
  }

  private static List<WeakReference<Loop>> use(ThreadLocalPool<Loop> pool) {
    List<WeakReference<Loop>> seen = new ArrayList<>();
    List<Loop> taken = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Loop one = pool.get();
      one.pool[0] = pool;
      taken.add(one);
      seen.add(new WeakReference<>(one));
    }
    taken.forEach(pool::put);
    return seen;
  }

  @Test
  void aCollectionOfTheJvmEmptiesAPoolThatNobodyUses() throws Exception {
    ThreadLocalPool<Object> pool = ThreadLocalPool.of(Object::new);
    List<Object> some = List.of(pool.get(), pool.get(), pool.get());
    some.forEach(pool::put);
    for (int i = 0; i < 100 && pool.countIdle() > 0; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(pool.countIdle()).isZero();
    assertThat(pool.counts().collected()).isEqualTo(3);
  }

  @Test
  void tenThousandDroppedPoolsLeaveNothingRegistered() throws Exception {
    GcEpoch epoch = new GcEpoch();
    for (int i = 0; i < 10_000; i++) {
      ThreadLocalPool<Object> pool = ThreadLocalPool.<Object>builder(Object::new).build(epoch);
      pool.put(pool.get());
    }
    for (int i = 0; i < 100 && epoch.registered() > 0; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(epoch.registered()).isZero();
  }

  @Test
  void anEndedThreadIsNotKept() throws Exception {
    ThreadLocalPool<Object> pool = ThreadLocalPool.of(Object::new);
    Thread thread = new Thread(() -> pool.put(pool.get()));
    WeakReference<Thread> watched = new WeakReference<>(thread);
    thread.start();
    thread.join();
    thread = null;
    for (int i = 0; i < 100 && watched.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(watched.get()).isNull();
    assertThat(pool.counts().misses()).isEqualTo(1);
  }

  @Test
  void anUndeployedApplicationWithItsOwnCopyOfThePoolIsUnloaded() throws Exception {
    ExecutorService living = Executors.newFixedThreadPool(1);
    try {
      WeakReference<ClassLoader> application = living.submit(ReachabilityTest::deploy).get();
      for (int i = 0; i < 100 && application.get() != null; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(application.get()).as("class loader of the undeployed application").isNull();
    } finally {
      living.shutdownNow();
    }
  }

  private static WeakReference<ClassLoader> deploy() throws Exception {
    URL classes = ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader loader =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Class<?> type = loader.loadClass(ThreadLocalPool.class.getName());
    assertThat(type).isNotSameAs(ThreadLocalPool.class);
    Supplier<Object> factory = Object::new;
    Object pool = type.getMethod("of", Supplier.class).invoke(null, factory);
    Object one = type.getMethod("get").invoke(pool);
    type.getMethod("put", Object.class).invoke(pool, one);
    Thread.currentThread().setContextClassLoader(null);
    return new WeakReference<>(loader);
  }
}
