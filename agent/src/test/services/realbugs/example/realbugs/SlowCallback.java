package example.realbugs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** A connection given back on a timeout, whose callback comes after all and goes on using it. */
final class SlowCallback {
  /** What is pooled. */
  static final class Connection {
    private int sent;

    int send(String command) {
      sent += command.length();
      return sent;
    }
  }

  private static final class Connections extends BasePooledObjectFactory<Connection> {
    @Override
    public Connection create() {
      return new Connection();
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
      return new DefaultPooledObject<>(connection);
    }
  }

  private final GenericObjectPool<Connection> pool = new GenericObjectPool<>(new Connections());

  void warmUp() throws Exception {
    pool.returnObject(pool.borrowObject());
  }

  void request() throws Exception {
    ExecutorService callbacks = Executors.newSingleThreadExecutor(Daemons.named("callback"));
    Connection connection = pool.borrowObject();
    connection.send("GET");
    giveUp(connection);
    callbacks.submit(() -> onReply(connection)).get();
    callbacks.shutdown();
  }

  private void giveUp(Connection connection) {
    pool.returnObject(connection);
  }

  private static void onReply(Connection connection) {
    connection.send("ACK");
  }
}
