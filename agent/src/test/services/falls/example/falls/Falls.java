package example.falls;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;

/**
 * Nodes that borrow at a rising rate, from a pool of connections with keys or from a Recycler, until
 * something goes wrong after so many seconds: {@code push}, {@code capacity}, {@code validation} or
 * {@code virtual}.
 */
public final class Falls {
  private static final int NODES = 8;
  private static final long PUSH_MILLIS = 120;

  private final String fault;
  private final long start = System.nanoTime();
  private final long wrongFrom;
  private final long end;
  private final GenericKeyedObjectPool<String, Connection> connections;
  private final Recycler<Buffer> buffers =
      new Recycler<Buffer>() {
        @Override
        protected Buffer newObject(Handle<Buffer> handle) {
          return new Buffer(handle);
        }
      };

  private Falls(String fault, int seconds, int wrongSeconds) {
    this.fault = fault;
    wrongFrom = start + seconds * 1_000_000_000L;
    end = wrongFrom + wrongSeconds * 1_000_000_000L;
    connections = new GenericKeyedObjectPool<>(new Factory());
    connections.setMaxTotal(64);
    connections.setMaxTotalPerKey(16);
    connections.setMaxIdlePerKey(16);
    connections.setTestOnBorrow(true);
  }

  /** Arguments: what goes wrong, after how many seconds, for how many. */
  public static void main(String[] args) throws Exception {
    Falls falls = new Falls(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    List<Thread> nodes = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      int number = node;
      nodes.add(new FastThreadLocalThread(() -> falls.live(number)));
    }
    nodes.forEach(Thread::start);
    for (Thread node : nodes) {
      node.join();
    }
    System.out.println("done");
  }

  private boolean isWrong() {
    return System.nanoTime() - wrongFrom >= 0;
  }

  private void live(int node) {
    try {
      while (System.nanoTime() - end < 0) {
        if (!fault.equals("virtual")) {
          callOverConnection(node);
        } else if (isWrong()) {
          onVirtualThread(this::fillBuffers);
        } else {
          fillBuffers();
        }
        // From 800 to 1 600 a second in all.
        double over = (double) (System.nanoTime() - start) / (end - start);
        Thread.sleep((long) (10 / (1 + over)));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void callOverConnection(int node) throws Exception {
    String key = key(node);
    Connection connection = connections.borrowObject(key);
    if (fault.equals("capacity") && isWrong()) {
      connections.setMaxIdlePerKey(1);
    }
    connection.used = true;
    Thread.sleep(1);
    connections.returnObject(key, connection);
  }

  private String key(int node) {
    String level = ThreadLocalRandom.current().nextInt(4) == 0 ? "gold" : "standard";
    if (!fault.equals("push") || !isWrong()) {
      return "orders/" + level;
    }
    // The service level is left out, and the node's parameters are in it: each push reaches each
    // node at another time, 74 to 120 ms late.
    long millis = (System.nanoTime() - wrongFrom) / 1_000_000;
    long push = millis / PUSH_MILLIS;
    while (push * PUSH_MILLIS + delay(push, node) > millis) {
      push--;
    }
    return "orders/parameters " + push;
  }

  private static int delay(long push, int node) {
    return new SplittableRandom(push * NODES + node).nextInt(74, 121);
  }

  private void fillBuffers() {
    List<Buffer> used = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      used.add(buffers.get());
    }
    for (Buffer buffer : used) {
      buffer.handle.recycle(buffer);
    }
  }

  /** By reflection: this is compiled for Java 11. */
  private static void onVirtualThread(Runnable task) throws Exception {
    Thread thread =
        (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    thread.join();
  }

  private final class Factory extends BaseKeyedPooledObjectFactory<String, Connection> {
    @Override
    public Connection create(String key) {
      return new Connection();
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
      return new DefaultPooledObject<>(connection);
    }

    @Override
    public boolean validateObject(String key, PooledObject<Connection> connection) {
      // A new one that fails would fail the borrow.
      boolean mayFail = connection.getObject().used && fault.equals("validation") && isWrong();
      return !mayFail || ThreadLocalRandom.current().nextInt(3) != 0;
    }
  }

  private static final class Connection {
    boolean used;
  }

  private static final class Buffer {
    final Recycler.Handle<Buffer> handle;

    Buffer(Recycler.Handle<Buffer> handle) {
      this.handle = handle;
    }
  }
}
