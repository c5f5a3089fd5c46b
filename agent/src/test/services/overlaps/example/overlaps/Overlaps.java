package example.overlaps;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Has objects destroyed by one thread while another one validates them; and a clean pool. */
public final class Overlaps {
  private static final int ROUNDS = 25;
  private static final int KEYED_ROUNDS = 10;
  private static final int LOCKED_OUT_MILLIS = 50;
  private static final int CLEAN_ROUNDS = 3_000;
  private static final int THREADS = 4;

  private Overlaps() {}

  public static void main(String[] args) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            });
    // Few, and first: only so many reports are described in a second.
    new KeyedOverlaps(threads).run(KEYED_ROUNDS);
    whileReturning(threads);
    whileTested(threads);
    whileBorrowed(threads);
    clean(threads);
    threads.shutdown();
  }

  private static GenericObjectPool<Part> pool(String name, Parts factory) {
    GenericObjectPoolConfig config = new GenericObjectPoolConfig();
    config.setJmxNamePrefix(name);
    return new GenericObjectPool<>(factory, config);
  }

  /** Begins something that validates an object, does the second in that time, ends the first. */
  static void during(
      ExecutorService threads, Parts factory, Callable<?> first, Callable<?> second)
      throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    factory.begun = begun;
    factory.goOn = goOn;
    Future<?> running = threads.submit(() -> orRefused(first));
    if (!begun.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody validates");
    }
    Future<?> meanwhile = threads.submit(() -> orRefused(second));
    try {
      meanwhile.get(LOCKED_OUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException lockedOut) {
      // from some release on the pool lets the second wait for the first
    }
    goOn.countDown();
    running.get(20, TimeUnit.SECONDS);
    meanwhile.get(20, TimeUnit.SECONDS);
  }

  private static Object orRefused(Callable<?> step) throws Exception {
    try {
      return step.call();
    } catch (IllegalStateException refused) {
      return null; // the pool noticed
    }
  }

  private static void whileReturning(ExecutorService threads) throws Exception {
    Parts factory = new Parts();
    GenericObjectPool<Part> pool = pool("returning", factory);
    for (int i = 0; i < ROUNDS; i++) {
      Part part = pool.borrowObject();
      pool.setTestOnReturn(true);
      during(
          threads,
          factory,
          () -> {
            pool.returnObject(part);
            return null;
          },
          () -> {
            pool.invalidateObject(part);
            return null;
          });
      pool.setTestOnReturn(false);
      pool.clear();
    }
    print("returning", factory);
  }

  private static void whileTested(ExecutorService threads) throws Exception {
    Parts factory = new Parts();
    GenericObjectPool<Part> pool = pool("tested", factory);
    pool.setTestWhileIdle(true);
    for (int i = 0; i < ROUNDS; i++) {
      pool.addObject();
      during(
          threads,
          factory,
          () -> {
            pool.evict();
            return null;
          },
          () -> {
            pool.clear();
            return null;
          });
      pool.clear();
    }
    print("tested", factory);
  }

  /** Somebody holds an object that he gave back, and invalidates it while it is lent again. */
  private static void whileBorrowed(ExecutorService threads) throws Exception {
    Parts factory = new Parts();
    GenericObjectPool<Part> pool = pool("borrowed", factory);
    for (int i = 0; i < ROUNDS; i++) {
      Part part = pool.borrowObject();
      pool.returnObject(part);
      pool.setTestOnBorrow(true);
      during(
          threads,
          factory,
          pool::borrowObject,
          () -> {
            pool.invalidateObject(part);
            return null;
          });
      pool.setTestOnBorrow(false);
    }
    print("borrowed", factory);
  }

  /** Borrowed, tested in all ways, given back and invalidated, evicted: by their holders alone. */
  private static void clean(ExecutorService threads) throws Exception {
    Parts factory = new Parts();
    GenericObjectPool<Part> pool = pool("clean", factory);
    pool.setTestOnBorrow(true);
    pool.setTestOnReturn(true);
    pool.setTestWhileIdle(true);
    pool.setNumTestsPerEvictionRun(3);
    pool.setMinEvictableIdleTimeMillis(1);
    Future<?>[] all = new Future<?>[THREADS];
    for (int i = 0; i < THREADS; i++) {
      all[i] =
          threads.submit(
              () -> {
                for (int round = 0; round < CLEAN_ROUNDS; round++) {
                  Part part = pool.borrowObject();
                  part.use();
                  if (ThreadLocalRandom.current().nextInt(8) == 0) {
                    pool.invalidateObject(part);
                  } else {
                    pool.returnObject(part);
                  }
                  if (ThreadLocalRandom.current().nextInt(8) == 0) {
                    pool.evict();
                  }
                }
                return null;
              });
    }
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    print("clean", factory);
  }

  static void print(String pool, Parts factory) {
    System.out.println(pool + " = " + factory.overlaps.get());
  }
}
