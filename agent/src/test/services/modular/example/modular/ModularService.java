package example.modular;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Uses both libraries as named modules. */
public final class ModularService {
  private static final List<Object> KEPT = new ArrayList<>();

  static final class Session {}

  static final class Frame {
    final Recycler.Handle<Frame> handle;

    Frame(Recycler.Handle<Frame> handle) {
      this.handle = handle;
    }
  }

  private ModularService() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(GenericObjectPool.class.getModule() + " " + Recycler.class.getModule());
    GenericObjectPool<Session> sessions =
        new GenericObjectPool<>(
            new BasePooledObjectFactory<Session>() {
              @Override
              public Session create() {
                return new Session();
              }

              @Override
              public PooledObject<Session> wrap(Session session) {
                return new DefaultPooledObject<>(session);
              }
            });
    Recycler<Frame> frames =
        new Recycler<Frame>() {
          @Override
          protected Frame newObject(Handle<Frame> handle) {
            return new Frame(handle);
          }
        };
    KEPT.add(sessions);
    KEPT.add(frames);
    for (int i = 0; i < 100; i++) {
      sessions.returnObject(sessions.borrowObject());
    }
    CountDownLatch done = new CountDownLatch(1);
    Thread worker =
        new FastThreadLocalThread(
            () -> {
              for (int i = 0; i < 200; i++) {
                Frame frame = frames.get();
                frame.handle.recycle(frame);
              }
              done.countDown();
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
              }
            });
    worker.setDaemon(true);
    worker.start();
    done.await();
    System.out.println("borrowed " + sessions.getBorrowedCount());
  }
}
