package example.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Pools that hold what they lend, until they are dropped themselves. */
final class DroppedPool {
  private DroppedPool() {}

  /**
   * Drops one without closing it, and one that was closed, with objects lent and idle.
   *
   * @return objects of both, which are lent and in use yet
   */
  static List<Object> drop(Supplier<Object> maker, int lent, int held) throws Exception {
    List<Object> inUse = new ArrayList<>();
    use("dropped", maker, lent, held, inUse);
    use("closed", maker, lent, held, inUse).close();
    return inUse;
  }

  private static GenericObjectPool<Object> use(
      String name, Supplier<Object> maker, int lent, int held, List<Object> inUse)
      throws Exception {
    GenericObjectPoolConfig<Object> config = new GenericObjectPoolConfig<>();
    config.setJmxNamePrefix(name);
    // Else the MBean server holds the pool.
    config.setJmxEnabled(false);
    config.setMaxTotal(-1);
    GenericObjectPool<Object> pool =
        new GenericObjectPool<>(
            new BasePooledObjectFactory<Object>() {
              @Override
              public Object create() {
                return maker.get();
              }

              @Override
              public PooledObject<Object> wrap(Object object) {
                return new DefaultPooledObject<>(object);
              }
            },
            config);
    for (int i = 0; i < lent; i++) {
      pool.borrowObject();
    }
    for (int i = 0; i < held; i++) {
      inUse.add(pool.borrowObject());
    }
    pool.addObject();
    return pool;
  }
}
