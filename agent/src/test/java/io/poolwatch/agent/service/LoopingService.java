package io.poolwatch.agent.service;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * A service that borrows four objects at a time from a pool that keeps two, again and again, until
 * its input ends.
 */
public final class LoopingService {
  private static final int AT_ONCE = 4;
  private static final int KEPT = 2;

  private LoopingService() {}

  /** Runs it: with the argument {@code late} it uses no pool before a line is written to it. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("ready");
    if (arguments.length > 0 && arguments[0].equals("late")) {
      while (System.in.read() != '\n') {
        Thread.yield();
      }
    }
    Thread loop = new Thread(LoopingService::loop, "loop");
    loop.setDaemon(true);
    loop.start();
    while (System.in.read() >= 0) {
      Thread.yield();
    }
  }

  private static void loop() {
    GenericObjectPoolConfig<StringBuilder> config = new GenericObjectPoolConfig<>();
    config.setJmxEnabled(false);
    config.setMaxIdle(KEPT);
    try (GenericObjectPool<StringBuilder> pool =
        new GenericObjectPool<>(new TextFactory(), config)) {
      StringBuilder[] lent = new StringBuilder[AT_ONCE];
      while (true) {
        for (int i = 0; i < AT_ONCE; i++) {
          lent[i] = pool.borrowObject();
        }
        for (StringBuilder each : lent) {
          pool.returnObject(each);
        }
        Thread.sleep(5);
      }
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    }
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
