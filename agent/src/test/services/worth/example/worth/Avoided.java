package example.worth;

import com.esotericsoftware.kryo.Kryo;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Does the same work with a pool and without, and says what this thread allocated in each, by the
 * JVM's own count.
 */
public final class Avoided {
  private static final int REQUESTS = 40_000;

  private Avoided() {}

  /** Argument: what is pooled. */
  public static void main(String[] args) throws Exception {
    Factory factory = new Factory(args[0]);
    GenericObjectPool<Object> pool = new GenericObjectPool<>(factory);
    Object[] several = new Object[6];
    // All that is loaded and built once is, and the agent is ready.
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < several.length; i++) {
        several[i] = pool.borrowObject();
      }
      for (int i = 0; i < several.length; i++) {
        if (round % 4 == 3) {
          pool.invalidateObject(several[i]);
        } else {
          pool.returnObject(several[i]);
        }
      }
      Thread.sleep(200);
    }
    long with = allocated();
    for (int i = 0; i < REQUESTS; i++) {
      Object object = pool.borrowObject();
      factory.use(object);
      pool.returnObject(object);
    }
    long between = allocated();
    for (int i = 0; i < REQUESTS; i++) {
      Object object = factory.create();
      factory.use(object);
    }
    long without = allocated();
    System.out.println("with = " + (between - with));
    System.out.println("without = " + (without - between));
    System.out.println("borrows = " + pool.getBorrowedCount());
    System.out.println("created = " + pool.getCreatedCount());
    System.out.println("requests = " + REQUESTS);
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** Builds one of several kinds of objects. */
  static final class Factory extends BasePooledObjectFactory<Object> {
    private final String kind;

    Factory(String kind) {
      this.kind = kind;
    }

    @Override
    public Object create() {
      switch (kind) {
        case "array":
          return new byte[4_096];
        case "buffer":
          return ByteBuffer.allocate(8_192);
        case "letter":
          return new Letter();
        case "kryo":
          return new Kryo();
        case "builder":
          return new StringBuilder(1_000).append("begun ").append(kind);
        default:
          throw new IllegalArgumentException(kind);
      }
    }

    void use(Object object) {
      Work.kept = object;
    }

    @Override
    public PooledObject<Object> wrap(Object object) {
      return new DefaultPooledObject<>(object);
    }
  }

  /** 64 bytes. */
  private static final class Letter {
    long a;
    long b;
    long c;
    long d;
    long e;
    long f;
  }
}
