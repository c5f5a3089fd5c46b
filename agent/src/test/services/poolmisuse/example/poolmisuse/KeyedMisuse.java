package example.poolmisuse;

import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * The same of keyed pools. Each thread has a key of its own: some releases forget a key while an
 * object of it is lent, if two threads use it.
 */
final class KeyedMisuse {
  private final GenericKeyedObjectPool<String, Connection> twice = named("keyed twice");
  private final GenericKeyedObjectPool<String, Connection> again = named("keyed again");
  private final GenericKeyedObjectPool<String, Connection> strange = named("keyed strange");
  private final GenericKeyedObjectPool<String, Connection> ended = named("keyed ended");
  private final GenericKeyedObjectPool<String, Connection> clean = named("keyed clean");
  private final Factory factory = new Factory();
  private final GenericKeyedObjectPool<String, Connection> unbuilt = named("keyed unbuilt", factory);

  /** One fault in each pool, and two in the one that is named {@code keyed ended}. */
  void misuse(String key) throws Exception {
    Connection connection = twice.borrowObject(key);
    twice.returnObject(key, connection);
    Steps.refused(() -> twice.returnObject(key, connection));

    Connection stale = again.borrowObject(key);
    again.returnObject(key, stale);
    Connection next = again.borrowObject(key);
    again.returnObject(key, stale);
    Steps.refused(() -> again.returnObject(key, next));

    Steps.refused(() -> strange.returnObject(key, new Connection()));

    Connection gone = ended.borrowObject(key);
    ended.invalidateObject(key, gone);
    Steps.refused(() -> ended.returnObject(key, gone));
    Steps.refused(() -> ended.invalidateObject(key, gone));
    useWell(key);
  }

  /** One fault. */
  void makeTwice() throws Exception {
    factory.only = new DefaultPooledObject<>(new Connection());
    unbuilt.addObject("only");
    unbuilt.addObject("only");
  }

  /** Alone, since a clear may race with the evictor within the library. */
  private void useWell(String key) throws Exception {
    synchronized (clean) {
      useWellAlone(key);
    }
  }

  private void useWellAlone(String key) throws Exception {
    Connection one = clean.borrowObject(key);
    Connection other = clean.borrowObject(key);
    clean.returnObject(key, one);
    clean.invalidateObject(key, other);
    clean.clear(key);
    clean.addObject(key);
    clean.clearOldest();
    clean.returnObject(key, clean.borrowObject(key));
    clean.evict();
  }

  /** Says what was planted. */
  static void print(int planted) {
    System.out.println("keyed unbuilt unbuilt_use = 1");
    System.out.println("keyed twice double_return = " + planted);
    System.out.println("keyed again double_return = " + planted);
    System.out.println("keyed strange foreign_return = " + planted);
    System.out.println("keyed ended use_after_destroy = " + 2 * planted);
  }

  private static GenericKeyedObjectPool<String, Connection> named(String name) {
    return named(name, new Factory());
  }

  private static GenericKeyedObjectPool<String, Connection> named(String name, Factory factory) {
    GenericKeyedObjectPoolConfig<Connection> config = new GenericKeyedObjectPoolConfig<>();
    config.setJmxNamePrefix(name);
    config.setMaxTotal(-1);
    config.setMaxIdlePerKey(-1);
    config.setMaxTotalPerKey(-1);
    return new GenericKeyedObjectPool<>(factory, config);
  }

  private static final class Factory extends BaseKeyedPooledObjectFactory<String, Connection> {
    /** Handed out again and again, unless null. */
    PooledObject<Connection> only;

    @Override
    public PooledObject<Connection> makeObject(String key) throws Exception {
      return only == null ? super.makeObject(key) : only;
    }

    @Override
    public Connection create(String key) {
      return new Connection();
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
      return new DefaultPooledObject<>(connection);
    }
  }
}
