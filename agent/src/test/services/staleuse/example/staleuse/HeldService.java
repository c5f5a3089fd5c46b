package example.staleuse;

import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Borrows many clients for a moment each, then one for several seconds, and gives it back. */
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
    Thread.sleep(2_200);
    Client held = hold(pool);
    Thread.sleep(5_000);
    pool.returnObject(held);
    Thread.sleep(2_000);
    System.out.println("pings = " + held.ping());
  }

  private static Client hold(GenericObjectPool<Client> pool) throws Exception {
    return pool.borrowObject();
  }
}
