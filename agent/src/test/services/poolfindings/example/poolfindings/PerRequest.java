package example.poolfindings;

import example.poolfindings.dbcp2.PoolingConnection;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * A pool for each request, closed after it or forgotten; and what looks like it: pools that are made
 * as the service starts, one for each tenant, a pool for each of many jobs, and DBCP's pools of
 * statements while connections come and go.
 */
public final class PerRequest {
  private static final long LASTS_NANOS = 9_000_000_000L;
  private static final List<GenericObjectPool<?>> KEPT = new ArrayList<>();

  private PerRequest() {}

  private static final class Clients extends Made<Connection> {
    Clients() {
      super(Connection::new);
    }
  }

  private static final class Tenants extends Made<Page> {
    Tenants() {
      super(Page::new);
    }
  }

  private static final class Jobs extends Made<Page> {
    Jobs() {
      super(Page::new);
    }
  }

  /** Runs it: {@code closed}, {@code forgotten} or {@code clean}. */
  public static void main(String[] args) throws Exception {
    GenericObjectPool<Page> shared = pool(new Tenants());
    if (args[0].equals("clean")) {
      for (int i = 0; i < 800; i++) {
        GenericObjectPool<Page> tenants = pool(new Tenants());
        use(tenants, 1);
        KEPT.add(tenants);
      }
    }
    long end = System.nanoTime() + LASTS_NANOS;
    for (int i = 0; System.nanoTime() < end; i++) {
      switch (args[0]) {
        case "closed":
          try (GenericObjectPool<Connection> mine = pool(new Clients())) {
            use(mine, 1);
          }
          break;
        case "forgotten":
          use(new GenericObjectPool<>(new Clients()), 1);
          break;
        default:
          use(shared, 1);
          try (GenericObjectPool<Page> job = pool(new Jobs())) {
            use(job, 20);
          }
          try (GenericObjectPool<Object> statements = pool(new PoolingConnection())) {
            use(statements, 1);
          }
      }
      if (i % 100 == 0) {
        System.gc();
      }
      Thread.sleep(5);
    }
    System.out.println("done");
  }

  private static <T> GenericObjectPool<T> pool(PooledObjectFactory<T> factory) {
    GenericObjectPoolConfig<T> config = new GenericObjectPoolConfig<>();
    config.setJmxEnabled(false);
    return new GenericObjectPool<>(factory, config);
  }

  private static <T> void use(GenericObjectPool<T> pool, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      pool.returnObject(pool.borrowObject());
    }
  }
}
