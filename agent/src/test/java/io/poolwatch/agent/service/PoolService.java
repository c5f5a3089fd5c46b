package io.poolwatch.agent.service;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** A service that borrows a hundred times from a Commons Pool2 pool. */
public final class PoolService {
  /** Held, since a collection at the end would else take the pool before it is told of. */
  private static GenericObjectPool<StringBuilder> pool;

  private PoolService() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    // Without JMX, which starts up the JVM's log manager: the tests ask who else does.
    GenericObjectPoolConfig<StringBuilder> config = new GenericObjectPoolConfig<>();
    config.setJmxEnabled(false);
    pool = new GenericObjectPool<>(new TextFactory(), config);
    for (int i = 0; i < 100; i++) {
      pool.returnObject(pool.borrowObject());
    }
    System.out.println("service: borrowed " + pool.getBorrowedCount());
  }

  private static final class TextFactory extends BasePooledObjectFactory<StringBuilder> {
    @Override
    public StringBuilder create() {
      return new StringBuilder();
    }

    @Override
    public PooledObject<StringBuilder> wrap(StringBuilder text) {
      return new DefaultPooledObject<>(text);
    }
  }
}
