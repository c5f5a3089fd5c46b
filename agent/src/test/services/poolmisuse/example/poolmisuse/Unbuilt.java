package example.poolmisuse;

import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * Two threads that make objects at a time, of which one gets what the other's factory call has not
 * finished yet. One fault each; and a factory with a store, which looks alike and is none.
 */
final class Unbuilt {
  private Unbuilt() {}

  static void misuse() throws Exception {
    lent("early lent", new EarlySessions(false), false);
    lent("early wrapped", new EarlySessions(true), false);
    lent("early ended", new EarlySessions(false), true);
    stored();
  }

  static void print() {
    System.out.println("early lent unbuilt_use = 1");
    System.out.println("early wrapped unbuilt_use = 1");
    System.out.println("early ended unbuilt_use = 1");
  }

  private static void lent(String name, EarlySessions factory, boolean destroyed)
      throws Exception {
    GenericObjectPool<Session> pool = named(name, factory);
    Thread maker = adding(pool);
    if (!factory.published.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nothing was published");
    }
    Session session = pool.borrowObject();
    session.send();
    if (destroyed) {
      pool.invalidateObject(session);
    }
    factory.finish.countDown();
    maker.join();
  }

  private static void stored() throws Exception {
    GenericObjectPool<Session> pool = named("stored", new StoredSessions());
    Session session = pool.borrowObject();
    session.send();
    Thread maker = adding(pool);
    while (maker.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
    pool.invalidateObject(session);
    maker.join();
    pool.returnObject(pool.borrowObject());
  }

  private static Thread adding(GenericObjectPool<Session> pool) {
    Thread maker =
        new Thread(
            () -> {
              try {
                pool.addObject();
              } catch (Exception unexpected) {
                throw new IllegalStateException(unexpected);
              }
            },
            StoredSessions.WAITING);
    maker.start();
    return maker;
  }

  private static GenericObjectPool<Session> named(
      String name, org.apache.commons.pool2.BasePooledObjectFactory<Session> factory) {
    GenericObjectPoolConfig<Session> config = new GenericObjectPoolConfig<>();
    config.setJmxNamePrefix(name);
    config.setMaxTotal(-1);
    return new GenericObjectPool<>(factory, config);
  }
}
