package example.poolmisuse;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.ObjectPool;

/** One thread borrows, and two give back. Made by each client for itself. */
final class TwoThreads {
  private final ExecutorService partner =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "partner");
            thread.setDaemon(true);
            return thread;
          });
  private final CyclicBarrier together = new CyclicBarrier(2);

  /** Two faults. */
  void misuse(ObjectPool<Connection> pool) throws Exception {
    synchronized (pool) {
      oneAfterTheOther(pool);
      atATime(pool);
    }
  }

  private void oneAfterTheOther(ObjectPool<Connection> pool) throws Exception {
    Connection connection = pool.borrowObject();
    partner.submit(() -> handOver(pool, connection)).get(20, TimeUnit.SECONDS);
    Steps.refused(() -> pool.returnObject(connection));
  }

  private void atATime(ObjectPool<Connection> pool) throws Exception {
    Connection connection = pool.borrowObject();
    Callable<Boolean> giveBack =
        () -> {
          together.await(20, TimeUnit.SECONDS);
          return Steps.isRefused(() -> pool.returnObject(connection));
        };
    Future<Boolean> other = partner.submit(giveBack);
    if (giveBack.call() == other.get(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("expected one of two to be refused");
    }
  }

  private static Void handOver(ObjectPool<Connection> pool, Connection connection)
      throws Exception {
    pool.returnObject(connection);
    return null;
  }
}
