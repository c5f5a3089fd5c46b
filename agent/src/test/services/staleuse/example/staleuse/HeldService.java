package example.staleuse;

import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * Borrows many clients for a moment each, then two for several seconds: one is used all the time,
 * and one is not.
 */
public final class HeldService {
  private HeldService() {}

  /** Holds a client. */
  public static void main(String[] args) throws Exception {
    GenericObjectPoolConfig<Client> config = new GenericObjectPoolConfig<>();
    config.setJmxNamePrefix("held");
    GenericObjectPool<Client> pool = new GenericObjectPool<>(new Clients(), config);
    for (int time = 0; time < 200; time++) {
      pool.returnObject(pool.borrowObject());
    }
    // Longer than the second in which a pool is granted a few stacks.
    Thread.sleep(3_200);
    Client forgotten = hold(pool);
    Thread.sleep(3_200);
    Client busy = keepBusy(pool);
    for (int time = 0; time < 60; time++) {
      busy.ping();
      Thread.sleep(100);
    }
    System.out.println("pings = " + busy.ping());
    pool.returnObject(forgotten);
    pool.returnObject(busy);
    Thread.sleep(2_000);
  }

  private static Client keepBusy(GenericObjectPool<Client> pool) throws Exception {
    return pool.borrowObject();
  }

  private static Client hold(GenericObjectPool<Client> pool) throws Exception {
    return pool.borrowObject();
  }
}
