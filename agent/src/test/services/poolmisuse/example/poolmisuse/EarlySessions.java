package example.poolmisuse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Publishes the first session before it has finished it, and hands it out to the next caller. */
final class EarlySessions extends BasePooledObjectFactory<Session> {
  /** The first session is published. */
  final CountDownLatch published = new CountDownLatch(1);

  /** It may be finished. */
  final CountDownLatch finish = new CountDownLatch(1);

  private final boolean wrapsAgain;
  private PooledObject<Session> early;
  private int calls;

  /**
   * A factory.
   *
   * @param wrapsAgain whether the second caller gets the session in a record of its own
   */
  EarlySessions(boolean wrapsAgain) {
    this.wrapsAgain = wrapsAgain;
  }

  @Override
  public PooledObject<Session> makeObject() throws Exception {
    PooledObject<Session> made;
    synchronized (this) {
      calls++;
      if (calls == 2) {
        return wrapsAgain ? wrap(early.getObject()) : early;
      }
      made = wrap(create());
      if (calls > 2) {
        return made;
      }
      early = made;
    }
    published.countDown();
    if (!finish.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody took it early");
    }
    return made;
  }

  @Override
  public Session create() {
    return new Session();
  }

  @Override
  public PooledObject<Session> wrap(Session session) {
    return new DefaultPooledObject<>(session);
  }
}
