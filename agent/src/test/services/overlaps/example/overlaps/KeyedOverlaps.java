package example.overlaps;

import java.util.concurrent.ExecutorService;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/** The same of keyed pools. */
final class KeyedOverlaps {
  private static final String KEY = "key";

  private final ExecutorService threads;

  KeyedOverlaps(ExecutorService threads) {
    this.threads = threads;
  }

  void run(int rounds) throws Exception {
    whileTested(rounds);
    whileBorrowed(rounds);
  }

  private void whileTested(int rounds) throws Exception {
    Parts parts = new Parts();
    GenericKeyedObjectPool<String, Part> pool = pool("keyed tested", parts);
    pool.setTestWhileIdle(true);
    for (int i = 0; i < rounds; i++) {
      pool.addObject(KEY);
      Overlaps.during(
          threads,
          parts,
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
    Overlaps.print("keyed tested", parts);
  }

  private void whileBorrowed(int rounds) throws Exception {
    Parts parts = new Parts();
    GenericKeyedObjectPool<String, Part> pool = pool("keyed borrowed", parts);
    for (int i = 0; i < rounds; i++) {
      Part part = pool.borrowObject(KEY);
      pool.returnObject(KEY, part);
      pool.setTestOnBorrow(true);
      Overlaps.during(
          threads,
          parts,
          () -> pool.borrowObject(KEY),
          () -> {
            pool.invalidateObject(KEY, part);
            return null;
          });
      pool.setTestOnBorrow(false);
    }
    Overlaps.print("keyed borrowed", parts);
  }

  private static GenericKeyedObjectPool<String, Part> pool(String name, Parts parts) {
    GenericKeyedObjectPoolConfig config = new GenericKeyedObjectPoolConfig();
    config.setJmxNamePrefix(name);
    return new GenericKeyedObjectPool<>(new ByKey(parts), config);
  }

  private static final class ByKey extends BaseKeyedPooledObjectFactory<String, Part> {
    private final Parts parts;

    ByKey(Parts parts) {
      this.parts = parts;
    }

    @Override
    public Part create(String key) {
      return parts.create();
    }

    @Override
    public PooledObject<Part> wrap(Part part) {
      return parts.wrap(part);
    }

    @Override
    public boolean validateObject(String key, PooledObject<Part> pooled) {
      return parts.validateObject(pooled);
    }

    @Override
    public void destroyObject(String key, PooledObject<Part> pooled) {
      parts.destroyObject(pooled);
    }
  }
}
