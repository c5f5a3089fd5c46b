package io.poolwatch.benchmarks.copies.pair;

import io.poolwatch.benchmarks.copies.Work;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** One pool of Commons Pool2 with its default settings. */
public final class Pool2Work implements Work {
  private final GenericObjectPool<Item> pool;

  /** With a pool of its own. */
  public Pool2Work() {
    GenericObjectPoolConfig<Item> configuration = new GenericObjectPoolConfig<>();
    configuration.setJmxEnabled(false);
    pool = new GenericObjectPool<>(new Items(), configuration);
  }

  @Override
  public void pairs(int many) throws Exception {
    for (int i = 0; i < many; i++) {
      Item item = pool.borrowObject();
      item.uses++;
      pool.returnObject(item);
    }
  }

  /** What is pooled. */
  static final class Item {
    int uses;
  }

  private static final class Items extends BasePooledObjectFactory<Item> {
    @Override
    public Item create() {
      return new Item();
    }

    @Override
    public PooledObject<Item> wrap(Item item) {
      return new DefaultPooledObject<>(item);
    }
  }
}
