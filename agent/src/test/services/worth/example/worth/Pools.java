package example.worth;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Pools of Commons Pool2 that are worth having, or not. */
public final class Pools {
  private Pools() {}

  /** Arguments: the case, the agent's log, and what is to be in it. */
  public static void main(String[] args) throws Exception {
    Work.untilTold(args, 1);
    if (!args[0].equals("all")) {
      serve(args[0]);
      return;
    }
    List<Thread> threads = new ArrayList<>();
    for (String one : new String[] {"buffers", "connections", "retained", "idle"}) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  serve(one);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread each : threads) {
      each.join();
    }
  }

  private static void serve(String one) throws Exception {
    switch (one) {
      case "buffers":
        buffers();
        break;
      case "connections":
        connections();
        break;
      case "retained":
        retained();
        break;
      case "idle":
        idle();
        break;
      case "toosmall":
        tooSmall();
        break;
      default:
        throw new IllegalArgumentException(one);
    }
  }

  /** 64 KB that come zeroed. */
  private static void buffers() throws Exception {
    GenericObjectPool<byte[]> pool = pool(new Buffers(), 8, 8);
    several(pool, 8);
    Work.repeat(
        () -> {
          byte[] buffer = pool.borrowObject();
          buffer[(int) (System.nanoTime() & 65535)]++;
          pool.returnObject(buffer);
        });
  }

  /** 2 ms to build. */
  private static void connections() throws Exception {
    GenericObjectPool<Connection> pool = pool(new Connections(), 8, 8);
    several(pool, 8);
    Work.repeatSlowly(
        2,
        () -> {
          Connection connection = pool.borrowObject();
          connection.sent++;
          pool.returnObject(connection);
        });
  }

  /** 20 000 were needed once, and 29 are. */
  private static void retained() throws Exception {
    GenericObjectPool<Page> pool = pool(new Pages(), 20_000, 20_000);
    several(pool, 20_000);
    Work.repeatSlowly(5, () -> several(pool, 29));
  }

  /** Nobody borrows. */
  private static void idle() throws Exception {
    GenericObjectPool<Connection> pool = pool(new Spares(), 8, 8);
    several(pool, 4);
    Work.repeatSlowly(200, () -> {});
    pool.close();
  }

  /** Two are kept, and nine are needed at a time. */
  private static void tooSmall() throws Exception {
    GenericObjectPool<Connection> pool = pool(new Connections(), 9, 2);
    Work.repeatSlowly(1, () -> several(pool, 9));
  }

  private static <T> GenericObjectPool<T> pool(
      BasePooledObjectFactory<T> factory, int total, int idle) {
    GenericObjectPoolConfig<T> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(total);
    config.setMaxIdle(idle);
    config.setJmxEnabled(false);
    return new GenericObjectPool<>(factory, config);
  }

  /** Has so many in use at once. */
  private static <T> void several(GenericObjectPool<T> pool, int count) throws Exception {
    List<T> lent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lent.add(pool.borrowObject());
    }
    for (T each : lent) {
      pool.returnObject(each);
    }
  }

  private static final class Buffers extends BasePooledObjectFactory<byte[]> {
    @Override
    public byte[] create() {
      return new byte[65_536];
    }

    @Override
    public PooledObject<byte[]> wrap(byte[] buffer) {
      return new DefaultPooledObject<>(buffer);
    }
  }

  private static final class Spares extends Connections {}

  private static class Connections extends BasePooledObjectFactory<Connection> {
    @Override
    public Connection create() throws InterruptedException {
      Thread.sleep(2);
      return new Connection();
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
      return new DefaultPooledObject<>(connection);
    }
  }

  private static final class Pages extends BasePooledObjectFactory<Page> {
    @Override
    public Page create() {
      return new Page();
    }

    @Override
    public PooledObject<Page> wrap(Page page) {
      return new DefaultPooledObject<>(page);
    }
  }

  /** Something at the other end of a wire. */
  static final class Connection {
    long sent;
  }

  /** Something with a long text. */
  static final class Page {
    final StringBuilder text = new StringBuilder(4_000);

    Page() {
      for (int i = 0; i < 4_000; i++) {
        text.append((char) ('a' + i % 26));
      }
    }
  }
}
