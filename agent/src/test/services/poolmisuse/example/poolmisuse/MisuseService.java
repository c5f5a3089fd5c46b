package example.poolmisuse;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.impl.AbandonedConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/**
 * Breaks the contract of pools, so many times in each of so many threads, and prints how often it
 * did, by pool and kind. The pool named {@code clean} is used in every good way that looks alike.
 */
public final class MisuseService {
  private static final int TIMES = 25;

  private MisuseService() {}

  /**
   * Breaks contracts.
   *
   * @param args the number of threads; then {@code no-abandon} if this release has no such thing
   */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]);
    List<Throwable> surprises = new ArrayList<>();
    List<Thread> all = new ArrayList<>();
    Pools pools = new Pools();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  TwoThreads two = new TwoThreads();
                  String key = Thread.currentThread().getName();
                  for (int time = 0; time < TIMES; time++) {
                    misuse(pools);
                    two.misuse(pools.two);
                    pools.keyed.misuse(key);
                    useWell(pools.clean);
                  }
                } catch (Throwable surprise) {
                  synchronized (surprises) {
                    surprises.add(surprise);
                  }
                }
              },
              "client-" + i);
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    for (Throwable surprise : surprises) {
      surprise.printStackTrace();
    }
    unbuilt(pools.unbuilt, pools.unbuiltFactory);
    pools.keyed.makeTwice();
    Unbuilt.misuse();
    abandoned(pools.abandoning);
    Repeated.returnTwice(Pools.named("late"));
    Repeated.useDestroyed(Pools.named("later"));
    int planted = TIMES * threads;
    System.out.println("twice double_return = " + planted);
    System.out.println("again double_return = " + planted);
    System.out.println("two double_return = " + 2 * planted);
    System.out.println("odd double_return = " + planted);
    System.out.println("strange foreign_return = " + planted);
    System.out.println("ended use_after_destroy = " + 2 * planted);
    System.out.println("soft double_return = " + 2 * planted);
    System.out.println("soft foreign_return = " + planted);
    System.out.println("unbuilt unbuilt_use = " + 1);
    Unbuilt.print();
    KeyedMisuse.print(planted);
    System.out.println("late double_return = " + Repeated.TIMES);
    System.out.println("later use_after_destroy = " + Repeated.TIMES);
  }

  private static void misuse(Pools pools) throws Exception {
    // In a lock: lent again in between, it would be taken back as the new borrower's.
    synchronized (pools.twice) {
      Connection connection = pools.twice.borrowObject();
      pools.twice.returnObject(connection);
      Steps.refused(() -> returnSecond(pools.twice, connection));
    }
    LentAgain.toAnother(pools.again);
    LentAgain.toAnother(pools.soft);
    odd();
    Steps.refused(() -> pools.strange.returnObject(new Connection()));
    ended(pools.ended);
    soft(pools.soft);
  }

  /**
   * With an abandoned config, 2.0 and 2.1 take it twice. A pool of its own each time: afterwards
   * its object is idle twice there.
   */
  private static void odd() throws Exception {
    GenericObjectPool<Connection> pool = Pools.named("odd");
    pool.setAbandonedConfig(new AbandonedConfig());
    Connection connection = pool.borrowObject();
    pool.returnObject(connection);
    Steps.isRefused(() -> returnSecond(pool, connection));
  }

  private static void returnSecond(ObjectPool<Connection> pool, Connection connection)
      throws Exception {
    pool.returnObject(connection);
  }

  private static void ended(ObjectPool<Connection> pool) throws Exception {
    Connection connection = pool.borrowObject();
    pool.invalidateObject(connection);
    Steps.refused(() -> pool.returnObject(connection));
    Steps.refused(() -> pool.invalidateObject(connection));
  }

  /** One thread at a time, since the pool lends what was given back twice to two. */
  private static void soft(SoftReferenceObjectPool<Connection> pool) throws Exception {
    synchronized (pool) {
      Connection connection = pool.borrowObject();
      pool.returnObject(connection);
      pool.returnObject(connection);
      Connection one = pool.borrowObject();
      Connection other = pool.borrowObject();
      if (one != other) {
        throw new IllegalStateException("expected to get it twice");
      }
      pool.returnObject(one);
      pool.returnObject(other);
      pool.borrowObject();
      pool.borrowObject();
      pool.invalidateObject(one);
    }
    Steps.refused(() -> pool.returnObject(new Connection()));
  }

  private static void unbuilt(GenericObjectPool<Connection> pool, Connections factory)
      throws Exception {
    factory.makeBy(
        new java.util.function.Supplier<>() {
          private final org.apache.commons.pool2.PooledObject<Connection> only =
              factory.wrap(factory.create());

          @Override
          public org.apache.commons.pool2.PooledObject<Connection> get() {
            return only;
          }
        });
    pool.addObject();
    pool.addObject();
    factory.makeWell();
  }

  /** A late return of what was removed as abandoned is no violation. */
  private static void abandoned(GenericObjectPool<Connection> pool) throws Exception {
    Connection late = pool.borrowObject();
    Thread.sleep(1100);
    pool.borrowObject();
    try {
      pool.returnObject(late);
    } catch (IllegalStateException alsoGood) {
      return;
    }
  }

  /** All that is allowed, however odd. */
  private static void useWell(GenericObjectPool<Connection> pool) throws Exception {
    Connection one = pool.borrowObject();
    Connection other = pool.borrowObject();
    pool.returnObject(one);
    pool.invalidateObject(other);
    Connection again = pool.borrowObject();
    pool.clear();
    pool.evict();
    pool.returnObject(again);
    Connection gone = pool.borrowObject();
    pool.invalidateObject(gone);
    removeAsAbandoned(pool, gone);
  }

  /** What the pool itself does from 2.9 on, if an object that it looks at goes meanwhile. */
  private static void removeAsAbandoned(GenericObjectPool<Connection> pool, Connection gone)
      throws Exception {
    for (java.lang.reflect.Method method : GenericObjectPool.class.getMethods()) {
      if (method.getName().equals("invalidateObject") && method.getParameterCount() == 2) {
        for (Object mode : method.getParameterTypes()[1].getEnumConstants()) {
          if (mode.toString().equals("ABANDONED")) {
            Steps.refused(() -> invoke(method, pool, gone, mode));
          }
        }
      }
    }
  }

  private static void invoke(java.lang.reflect.Method method, Object pool, Object... arguments)
      throws Exception {
    try {
      method.invoke(pool, arguments);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private static final class Pools {
    final GenericObjectPool<Connection> twice = named("twice");
    final GenericObjectPool<Connection> again = named("again");
    final GenericObjectPool<Connection> two = named("two");
    final GenericObjectPool<Connection> strange = named("strange");
    final GenericObjectPool<Connection> ended = named("ended");
    final GenericObjectPool<Connection> clean = named("clean");
    final GenericObjectPool<Connection> abandoning = named("abandoning");
    final Connections unbuiltFactory = new Connections();
    final GenericObjectPool<Connection> unbuilt = named("unbuilt", unbuiltFactory);
    final KeyedMisuse keyed = new KeyedMisuse();
    final SoftReferenceObjectPool<Connection> soft =
        new SoftReferenceObjectPool<>(new Connections());

    Pools() {
      AbandonedConfig abandon = new AbandonedConfig();
      abandon.setRemoveAbandonedOnBorrow(true);
      abandon.setRemoveAbandonedTimeout(1);
      abandoning.setAbandonedConfig(abandon);
      abandoning.setMaxTotal(2);
    }

    static GenericObjectPool<Connection> named(String name) {
      return named(name, new Connections());
    }

    private static GenericObjectPool<Connection> named(String name, Connections factory) {
      org.apache.commons.pool2.impl.GenericObjectPoolConfig<Connection> config =
          new org.apache.commons.pool2.impl.GenericObjectPoolConfig<>();
      config.setJmxNamePrefix(name);
      config.setMaxTotal(-1);
      config.setMaxIdle(-1);
      return new GenericObjectPool<>(factory, config);
    }
  }
}
