package example.staleuse;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/**
 * Uses clients of soft pools: well, after they were given back, and never again, so that they are
 * lost. Prints how often.
 */
public final class SoftUseService {
  private static final int TIMES = 50;
  private static final int LOST = 30;

  private SoftUseService() {}

  /** Uses clients. */
  public static void main(String[] args) throws Exception {
    SoftReferenceObjectPool<Client> clean = new SoftReferenceObjectPool<>(new CleanClients());
    SoftReferenceObjectPool<Client> stale = new SoftReferenceObjectPool<>(new StaleClients());
    SoftReferenceObjectPool<Client> leaky = new SoftReferenceObjectPool<>(new LeakyClients());
    clean.returnObject(clean.borrowObject());
    Weaving.await();
    for (int time = 0; time < TIMES; time++) {
      useWell(clean);
      useLate(stale);
    }
    List<Client> alive = new ArrayList<>();
    for (int time = 0; time < LOST; time++) {
      lose(leaky);
      alive.add(leaky.borrowObject());
      if (time % 10 == 0) {
        Thread.sleep(1_100);
      }
    }
    for (int time = 0; time < 20; time++) {
      System.gc();
      Thread.sleep(100);
    }
    clean.close();
    System.out.println("use_after_return = " + 2 * TIMES);
    System.out.println("use_after_destroy = " + TIMES);
    System.out.println("leak = " + LOST);
    System.out.println("alive = " + alive.size());
  }

  private static void lose(SoftReferenceObjectPool<Client> pool) throws Exception {
    pool.borrowObject().send(1);
  }

  private static void useWell(SoftReferenceObjectPool<Client> pool) throws Exception {
    Client one = pool.borrowObject();
    Client other = pool.borrowObject();
    one.send(1);
    other.ping();
    one.pool(pool);
    one.close();
    one.isClosed();
    pool.addObject();
    pool.returnObject(other);
    pool.invalidateObject(pool.borrowObject());
    pool.clear();
  }

  private static void useLate(SoftReferenceObjectPool<Client> pool) throws Exception {
    Client client = pool.borrowObject();
    client.send(1);
    pool.returnObject(client);
    client.send(1);
    client.ping();
    pool.clear();
    client.send(1);
  }

  private static void use(Client client) {
    client.send(1);
    client.ping();
  }

  /** Uses its objects at every turn. */
  private abstract static class SoftClients extends BasePooledObjectFactory<Client> {
    @Override
    public Client create() {
      return new Client();
    }

    @Override
    public PooledObject<Client> wrap(Client client) {
      return new DefaultPooledObject<>(client);
    }

    @Override
    public void activateObject(PooledObject<Client> pooled) {
      use(pooled.getObject());
    }

    @Override
    public boolean validateObject(PooledObject<Client> pooled) {
      use(pooled.getObject());
      return true;
    }

    @Override
    public void passivateObject(PooledObject<Client> pooled) {
      use(pooled.getObject());
    }

    @Override
    public void destroyObject(PooledObject<Client> pooled) {
      use(pooled.getObject());
    }
  }

  private static final class CleanClients extends SoftClients {}

  private static final class StaleClients extends SoftClients {}

  private static final class LeakyClients extends SoftClients {}
}
