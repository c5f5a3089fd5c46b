package example.poolfindings;

import io.poolwatch.pool.ThreadLocalPool;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/**
 * Connections in pools that the collector empties; and what may well lie in such pools, even with a
 * {@code close}, and connections in a pool that holds them.
 */
public final class Cleared {
  private static final int ROUNDS = 3;

  private Cleared() {}

  private static final class Connections extends Made<Connection> {
    Connections() {
      super(Connection::new);
    }
  }

  private static final class Pages extends Made<Page> {
    Pages() {
      super(Page::new);
    }
  }

  /** Runs it: {@code soft}, {@code threadlocal} or {@code clean}. */
  public static void main(String[] args) throws Exception {
    SoftReferenceObjectPool<Connection> soft = new SoftReferenceObjectPool<>(new Connections());
    ThreadLocalPool<Connection> local =
        ThreadLocalPool.builder(Connection::new).name("sockets").build();
    SoftReferenceObjectPool<Page> pages = new SoftReferenceObjectPool<>(new Pages());
    ThreadLocalPool<StringBuilder> texts =
        ThreadLocalPool.builder(StringBuilder::new).name("texts").build();
    GenericObjectPool<Connection> held = new GenericObjectPool<>(new Connections());
    for (int i = 0; i < ROUNDS; i++) {
      switch (args[0]) {
        case "soft":
          soft.returnObject(soft.borrowObject());
          collect();
          break;
        case "threadlocal":
          local.put(local.get());
          collect();
          break;
        default:
          pages.returnObject(pages.borrowObject());
          texts.put(texts.get());
          held.returnObject(held.borrowObject());
          collect();
      }
      Thread.sleep(1_300);
    }
    System.out.println("done");
  }

  /** A soft reference is cleared at the earliest by the second collection after its last use. */
  private static void collect() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(100);
    }
  }
}
