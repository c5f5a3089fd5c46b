package example.oddclasses;

import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** In a pool of Commons Pool2. */
final class PartKind extends Kind {
  private final Supplier<?> make;
  private Pool pool;

  PartKind(String name, Supplier<?> make, ToIntFunction<Object> use) {
    super(name, make.get().getClass(), use);
    this.make = make;
  }

  /** Apart, so that no class of the library is loaded before a pool is wanted. */
  private static final class Pool extends BasePooledObjectFactory<Object> {
    private final Supplier<?> make;
    private final GenericObjectPool<Object> pool;

    Pool(String name, Supplier<?> make) {
      this.make = make;
      GenericObjectPoolConfig<Object> config = new GenericObjectPoolConfig<>();
      config.setMaxTotal(1);
      config.setJmxEnabled(false);
      config.setJmxNamePrefix(name);
      pool = new GenericObjectPool<>(this, config);
    }

    @Override
    public Object create() {
      return make.get();
    }

    @Override
    public PooledObject<Object> wrap(Object part) {
      return new DefaultPooledObject<>(part);
    }
  }

  @Override
  void open() {
    pool = new Pool(name, make);
  }

  @Override
  Object borrow() throws Exception {
    return pool.pool.borrowObject();
  }

  @Override
  void giveBack(Object object) {
    pool.pool.returnObject(object);
  }

  @Override
  void close() {
    pool.pool.close();
  }
}
