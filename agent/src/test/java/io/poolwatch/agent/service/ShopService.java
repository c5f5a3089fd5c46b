package io.poolwatch.agent.service;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * A service with three pools: one that serves all, one that is too small, one of which an object is
 * given back twice. Its argument says for how many milliseconds.
 */
public final class ShopService {
  /** Held, since a collection at the end would else take the pools before they are told of. */
  private static final List<GenericObjectPool<?>> POOLS = new ArrayList<>();

  private ShopService() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    GenericObjectPool<StringBuilder> pages = pool(new Pages(), 8);
    GenericObjectPool<byte[]> buffers = pool(new Buffers(), 1);
    GenericObjectPool<StringBuilder> letters = pool(new Letters(), 8);
    long end = System.nanoTime() + Long.parseLong(arguments[0]) * 1_000_000L;
    int rounds = 0;
    do {
      for (int i = 0; i < 400; i++) {
        pages.returnObject(pages.borrowObject());
        byte[] first = buffers.borrowObject();
        byte[] second = buffers.borrowObject();
        buffers.returnObject(first);
        buffers.returnObject(second);
        letters.returnObject(letters.borrowObject());
      }
      sendTwice(letters);
      rounds++;
      Thread.sleep(20);
    } while (System.nanoTime() < end);
    System.out.println("service: " + (rounds > 0));
  }

  private static void sendTwice(GenericObjectPool<StringBuilder> letters) throws Exception {
    StringBuilder letter = letters.borrowObject();
    letters.returnObject(letter);
    try {
      letters.returnObject(letter);
    } catch (IllegalStateException refused) {
      // as planned
    }
  }

  private static <T> GenericObjectPool<T> pool(BasePooledObjectFactory<T> factory, int idle) {
    GenericObjectPoolConfig<T> config = new GenericObjectPoolConfig<>();
    config.setJmxEnabled(false);
    config.setMaxIdle(idle);
    GenericObjectPool<T> pool = new GenericObjectPool<>(factory, config);
    POOLS.add(pool);
    return pool;
  }

  private static final class Pages extends Builders {}

  private static final class Letters extends Builders {}

  private static class Builders extends BasePooledObjectFactory<StringBuilder> {
    @Override
    public StringBuilder create() {
      return new StringBuilder(64);
    }

    @Override
    public PooledObject<StringBuilder> wrap(StringBuilder text) {
      return new DefaultPooledObject<>(text);
    }
  }

  private static final class Buffers extends BasePooledObjectFactory<byte[]> {
    @Override
    public byte[] create() {
      return new byte[4096];
    }

    @Override
    public PooledObject<byte[]> wrap(byte[] buffer) {
      return new DefaultPooledObject<>(buffer);
    }
  }
}
