package example.poolmisuse;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Puts into a store what is destroyed, where one thread waits for it to hand it out anew. */
final class StoredSessions extends BasePooledObjectFactory<Session> {
  static final String WAITING = "maker";

  private final BlockingQueue<Session> store = new ArrayBlockingQueue<>(1);

  @Override
  public Session create() throws Exception {
    if (!Thread.currentThread().getName().equals(WAITING)) {
      return new Session();
    }
    Session stored = store.poll(20, TimeUnit.SECONDS);
    if (stored == null) {
      throw new IllegalStateException("the store is empty");
    }
    return stored;
  }

  @Override
  public PooledObject<Session> wrap(Session session) {
    return new DefaultPooledObject<>(session);
  }

  @Override
  public void destroyObject(PooledObject<Session> pooled) {
    store.offer(pooled.getObject());
  }
}
