package io.poolwatch.servers;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * A service with one Commons Pool2 pool: borrows, returns and invalidates, in the end returns once
 * too often, then tells its counts.
 */
final class PoolWorkload {
  private static final int THREADS = 4;
  private static final int INVALIDATE_EVERY = 50;

  private PoolWorkload() {}

  /** Arguments: how many seconds to work. */
  public static void main(String[] args) throws Exception {
    long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000L;
    GenericObjectPool<StringBuilder> pool = new GenericObjectPool<>(new BufferFactory());
    pool.setMaxTotal(8);
    // Fewer than are in use at a time: some returns find the pool full, some borrows find it empty.
    pool.setMaxIdle(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> work(pool, end), "worker-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    returnTwice(pool);
    WatchedJvm.tellCountsAndWait(pool);
  }

  /** The one contract that is broken here; the pool refuses the second return. */
  private static void returnTwice(GenericObjectPool<StringBuilder> pool) throws Exception {
    StringBuilder buffer = pool.borrowObject();
    pool.returnObject(buffer);
    try {
      pool.returnObject(buffer);
      throw new AssertionError("a second return was taken");
    } catch (IllegalStateException refused) {
      System.err.println(refused.getMessage());
    }
  }

  private static void work(GenericObjectPool<StringBuilder> pool, long end) {
    try {
      for (int i = 1; System.nanoTime() < end; i++) {
        StringBuilder buffer = pool.borrowObject();
        buffer.append(i);
        Thread.sleep(1);
        if (i % INVALIDATE_EVERY == 0) {
          pool.invalidateObject(buffer);
        } else {
          pool.returnObject(buffer);
        }
        Thread.sleep(1);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class BufferFactory extends BasePooledObjectFactory<StringBuilder> {
    @Override
    public StringBuilder create() {
      return new StringBuilder();
    }

    @Override
    public PooledObject<StringBuilder> wrap(StringBuilder buffer) {
      return new DefaultPooledObject<>(buffer);
    }

    @Override
    public void passivateObject(PooledObject<StringBuilder> pooled) {
      pooled.getObject().setLength(0);
    }
  }
}
