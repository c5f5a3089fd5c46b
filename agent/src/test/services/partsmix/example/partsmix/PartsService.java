package example.partsmix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * Eight threads do everything at random to a pool, then to a keyed one; each is closed at last with
 * two objects lent, of which one comes back. Prints what it counted itself, and the library's own
 * statistics, a figure a line. Compiled against 2.0, it runs on every release.
 */
public final class PartsService {
  private static final int THREADS = 8;

  /** Kept to the end: what is lent by a pool that was collected would be nobody's. */
  private static final List<Mix> MIXES = new ArrayList<>();

  private PartsService() {}

  public static void main(String[] args) throws Exception {
    run("plain", new PlainMix());
    run("keyed", new KeyedMix());
  }

  private static void run(String name, Mix mix) throws Exception {
    MIXES.add(mix);
    mix.configure();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = i;
      all.add(
          threads.submit(
              () -> {
                mix.work(seed);
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    mix.end();
    mix.print(name);
  }

  /** On a pool that keeps fewer idle objects than it may have. */
  private static final class PlainMix extends Mix {
    private final GenericObjectPool<Part> pool;

    PlainMix() {
      GenericObjectPoolConfig config = new GenericObjectPoolConfig();
      config.setJmxNamePrefix("plain");
      config.setMaxIdle(4);
      pool = new GenericObjectPool<>(factory, config);
    }

    @Override
    GenericObjectPool<Part> pool() {
      return pool;
    }

    @Override
    Part borrow(int key) throws Exception {
      return pool.borrowObject();
    }

    @Override
    void giveBack(int key, Part part) {
      pool.returnObject(part);
    }

    @Override
    void invalidate(int key, Part part) throws Exception {
      pool.invalidateObject(part);
    }

    @Override
    void add(int key) throws Exception {
      pool.addObject();
    }

    @Override
    void clear() {
      pool.clear();
    }

    @Override
    int active() {
      return pool.getNumActive();
    }

    @Override
    void unbound() {
      pool.setMaxTotal(-1);
    }
  }

  /** On three keys that push each other out. */
  private static final class KeyedMix extends Mix {
    private final GenericKeyedObjectPool<String, Part> pool;

    KeyedMix() {
      GenericKeyedObjectPoolConfig config = new GenericKeyedObjectPoolConfig();
      config.setJmxNamePrefix("keyed");
      config.setMaxIdlePerKey(2);
      config.setMaxTotalPerKey(4);
      pool = new GenericKeyedObjectPool<>(factory, config);
    }

    @Override
    GenericKeyedObjectPool<String, Part> pool() {
      return pool;
    }

    @Override
    Part borrow(int key) throws Exception {
      return pool.borrowObject("k" + key);
    }

    @Override
    void giveBack(int key, Part part) {
      pool.returnObject("k" + key, part);
    }

    @Override
    void invalidate(int key, Part part) throws Exception {
      pool.invalidateObject("k" + key, part);
    }

    @Override
    void add(int key) throws Exception {
      pool.addObject("k" + key);
    }

    @Override
    void clear() {
      pool.clear();
    }

    @Override
    int active() {
      return pool.getNumActive();
    }

    @Override
    void unbound() {
      pool.setMaxTotal(-1);
      pool.setMaxTotalPerKey(-1);
    }
  }
}
