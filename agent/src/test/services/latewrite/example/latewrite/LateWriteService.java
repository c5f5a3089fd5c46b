package example.latewrite;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/**
 * Writes to every twentieth object after it gave it back, in one pool a kind of object; a twin of
 * each pool is used well: what activates, passivates, validates and evicts there writes all the
 * time.
 */
public final class LateWriteService {
  private static final int LOANS = 20_000;
  private static final int ONE_IN = 20;
  private static final List<AutoCloseable> POOLS = new ArrayList<>();

  /** How many threads use most of the pools; some are one thread's. */
  private static int threads;

  private LateWriteService() {}

  /** What is pooled; nobody may call the methods of Object. */
  static class Base {
    private long stamp;

    @Override
    public boolean equals(Object other) {
      System.out.println("equals = 1");
      return this == other;
    }

    @Override
    public int hashCode() {
      System.out.println("hashCode = 1");
      return 1;
    }

    @Override
    public String toString() {
      System.out.println("toString = 1");
      return "part";
    }
  }

  static final class Part extends Base {
    int number;
    Object other;
    volatile long beats;
  }

  /** A factory that writes to the object whenever it may. */
  private static class Factory<T> extends BasePooledObjectFactory<T> {
    private final Supplier<T> maker;
    private final Consumer<T> writer;

    Factory(Supplier<T> maker, Consumer<T> writer) {
      this.maker = maker;
      this.writer = writer;
    }

    @Override
    public T create() {
      return maker.get();
    }

    @Override
    public PooledObject<T> wrap(T object) {
      return new DefaultPooledObject<>(object);
    }

    @Override
    public void activateObject(PooledObject<T> pooled) {
      write(pooled);
    }

    @Override
    public void passivateObject(PooledObject<T> pooled) {
      write(pooled);
    }

    @Override
    public boolean validateObject(PooledObject<T> pooled) {
      write(pooled);
      return true;
    }

    private void write(PooledObject<T> pooled) {
      if (pooled.getObject() != null) {
        writer.accept(pooled.getObject());
      }
    }
  }

  private static final class KeyedFactory extends BaseKeyedPooledObjectFactory<String, byte[]> {
    @Override
    public byte[] create(String key) {
      return new byte[100];
    }

    @Override
    public PooledObject<byte[]> wrap(byte[] object) {
      return new DefaultPooledObject<>(object);
    }
  }

  public static void main(String[] arguments) throws Exception {
    threads = Integer.parseInt(arguments[0]);
    planted("bytes", () -> new byte[300], b -> b[271]++);
    planted("heap", () -> ByteBuffer.allocate(300), b -> b.put(271, (byte) (b.get(271) + 1)));
    planted(
        "direct", () -> ByteBuffer.allocateDirect(300), b -> b.put(271, (byte) (b.get(271) + 1)));
    planted("builder", () -> new StringBuilder("0123456789"), b -> b.reverse());
    planted("stream", ByteArrayOutputStream::new, s -> write(s));
    planted("fields", Part::new, p -> p.number++);
    planted("parents", Part::new, p -> ((Base) p).stamp--);
    planted("references", Part::new, p -> p.other = new Object());
    soft();
    keyed();
    evicted();
    beating();
    System.out.println("planted = " + LOANS / ONE_IN);
    Thread.sleep(1500);
    for (AutoCloseable pool : POOLS) {
      pool.close();
    }
  }

  private static void write(ByteArrayOutputStream stream) {
    if (stream.size() > 1000) {
      stream.reset();
    }
    stream.write(1);
  }

  private static <T> void planted(String name, Supplier<T> maker, Consumer<T> writer)
      throws Exception {
    GenericObjectPool<T> faulty = named(name, maker, writer);
    GenericObjectPool<T> clean = named("clean " + name, maker, writer);
    use(faulty, writer, ONE_IN);
    use(clean, writer, 0);
  }

  private static <T> GenericObjectPool<T> named(
      String name, Supplier<T> maker, Consumer<T> writer) {
    GenericObjectPoolConfig<T> config = new GenericObjectPoolConfig<>();
    config.setJmxNamePrefix(name);
    config.setTestOnBorrow(true);
    config.setTestOnReturn(true);
    config.setTestWhileIdle(true);
    GenericObjectPool<T> pool = new GenericObjectPool<>(new Factory<>(maker, writer), config);
    POOLS.add(pool);
    return pool;
  }

  private static <T> void use(ObjectPool<T> pool, Consumer<T> writer, int oneIn)
      throws Exception {
    List<Future<?>> all = new ArrayList<>();
    ExecutorService clients = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      all.add(clients.submit(() -> useAlone(pool, writer, oneIn)));
    }
    clients.shutdown();
    for (Future<?> each : all) {
      each.get();
    }
    // What the last ones wrote is noticed by the next loan alone.
    List<T> idle = new ArrayList<>();
    while (pool.getNumIdle() > 0) {
      idle.add(pool.borrowObject());
    }
    for (T object : idle) {
      pool.returnObject(object);
    }
  }

  /** Nobody borrows an object before it was written to: that would be no late write any more. */
  private static <T> Void useAlone(ObjectPool<T> pool, Consumer<T> writer, int oneIn)
      throws Exception {
    for (int loan = 1; loan <= LOANS / threads; loan++) {
      T object;
      synchronized (writer) {
        object = pool.borrowObject();
      }
      writer.accept(object);
      synchronized (writer) {
        pool.returnObject(object);
        if (oneIn > 0 && loan % oneIn == 0) {
          writer.accept(object);
        }
      }
    }
    return null;
  }

  private static final class SoftFaulty extends Factory<byte[]> {
    SoftFaulty() {
      super(() -> new byte[300], b -> b[0]++);
    }
  }

  private static final class SoftClean extends Factory<byte[]> {
    SoftClean() {
      super(() -> new byte[300], b -> b[0]++);
    }
  }

  private static void soft() throws Exception {
    SoftReferenceObjectPool<byte[]> faulty = new SoftReferenceObjectPool<>(new SoftFaulty());
    SoftReferenceObjectPool<byte[]> clean = new SoftReferenceObjectPool<>(new SoftClean());
    POOLS.add(faulty);
    POOLS.add(clean);
    use(faulty, b -> b[1]++, ONE_IN);
    use(clean, b -> b[1]++, 0);
  }

  private static void keyed() throws Exception {
    GenericKeyedObjectPool<String, byte[]> faulty = keyed("keyed");
    GenericKeyedObjectPool<String, byte[]> clean = keyed("clean keyed");
    for (int loan = 1; loan <= LOANS; loan++) {
      String key = loan % 2 == 0 ? "a" : "b";
      byte[] object = clean.borrowObject(key);
      object[99]++;
      clean.returnObject(key, object);
      object = faulty.borrowObject(key);
      faulty.returnObject(key, object);
      if (loan % ONE_IN == 0) {
        object[99]++;
      }
    }
    faulty.returnObject("a", faulty.borrowObject("a"));
  }

  private static GenericKeyedObjectPool<String, byte[]> keyed(String name) {
    GenericKeyedObjectPoolConfig<byte[]> config = new GenericKeyedObjectPoolConfig<>();
    config.setJmxNamePrefix(name);
    GenericKeyedObjectPool<String, byte[]> pool =
        new GenericKeyedObjectPool<>(new KeyedFactory(), config);
    POOLS.add(pool);
    return pool;
  }

  /** The evictor comes by in between: it notices what was written before, and writes itself. */
  private static void evicted() throws Exception {
    GenericObjectPool<byte[]> faulty = named("evicted", () -> new byte[300], b -> b[5]++);
    GenericObjectPool<byte[]> clean = named("clean evicted", () -> new byte[300], b -> b[5]++);
    for (int loan = 1; loan <= LOANS; loan++) {
      clean.returnObject(clean.borrowObject());
      clean.evict();
      byte[] object = faulty.borrowObject();
      faulty.returnObject(object);
      if (loan % (2 * ONE_IN) == 0) {
        object[6]++;
      }
      faulty.evict();
      if (loan % (2 * ONE_IN) == 1) {
        object[6]++;
      }
    }
    faulty.returnObject(faulty.borrowObject());
  }

  /** Objects that change by themselves. */
  private static void beating() throws Exception {
    use(named("clean beating", Part::new, p -> {}), p -> p.beats++, ONE_IN);
    use(named("lively", Part::new, p -> {}), p -> p.number++, 1);
  }
}
