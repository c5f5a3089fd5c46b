package example.staleuse;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * Uses clients well in the pool {@code clean}, while its evictor runs, and after they were given
 * back in the pool {@code stale}; prints how often.
 */
public final class StaleUseService {
  private static final int TIMES = 50;

  private StaleUseService() {}

  /**
   * Uses clients.
   *
   * @param args the number of threads
   */
  public static void main(String[] args) throws Exception {
    GenericObjectPool<Client> clean = pool("clean", 20);
    GenericObjectPool<Client> stale = pool("stale", -1);
    // The first object tells the agent the class; it is guarded a second later.
    clean.returnObject(clean.borrowObject());
    stale.returnObject(stale.borrowObject());
    Weaving.await();

    int threads = Integer.parseInt(args[0]);
    List<Throwable> surprises = new ArrayList<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int time = 0; time < TIMES; time++) {
                    useWell(clean);
                    useLate(stale);
                  }
                } catch (Throwable surprise) {
                  synchronized (surprises) {
                    surprises.add(surprise);
                  }
                }
              },
              "worker-" + i);
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    for (Throwable surprise : surprises) {
      surprise.printStackTrace();
    }
    System.out.println("stale use_after_return = " + 2 * TIMES * threads);
    System.out.println("stale use_after_destroy = " + TIMES * threads);
    System.out.println("fields = " + Client.class.getDeclaredFields().length);
    System.out.println("methods = " + Client.class.getDeclaredMethods().length);
    System.out.println(
        "uid = " + java.io.ObjectStreamClass.lookup(Client.class).getSerialVersionUID());
  }

  private static void useWell(GenericObjectPool<Client> pool) throws Exception {
    Client one = pool.borrowObject();
    Client other = pool.borrowObject();
    one.send(1);
    one.ping();
    other.send(2);
    one.pool(pool);
    one.close();
    one.isClosed();
    one.hashCode();
    pool.evict();
    other.ping();
    pool.returnObject(other);
    Client kept = pool.borrowObject();
    kept.send(3);
    pool.invalidateObject(kept);
  }

  /** In a lock, so that nobody borrows the client in between. */
  private static void useLate(GenericObjectPool<Client> pool) throws Exception {
    synchronized (pool) {
      Client client = pool.borrowObject();
      client.send(1);
      pool.returnObject(client);
      client.send(1);
      client.ping();
      Client gone = pool.borrowObject();
      pool.invalidateObject(gone);
      gone.send(1);
    }
  }

  private static GenericObjectPool<Client> pool(String name, long evictionPeriod) {
    GenericObjectPoolConfig<Client> config = new GenericObjectPoolConfig<>();
    config.setJmxNamePrefix(name);
    config.setMaxTotal(-1);
    config.setMaxIdle(-1);
    config.setTestOnBorrow(true);
    config.setTestOnReturn(true);
    config.setTestWhileIdle(true);
    // While the evictor works on an object, a stale use of it passes for the factory's.
    config.setTimeBetweenEvictionRunsMillis(evictionPeriod);
    return new GenericObjectPool<>(new Clients(), config);
  }
}
