package io.poolwatch.benchmarks.worth;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import com.sun.management.ThreadMXBean;
import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.poolwatch.pool.ThreadLocalPool;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * Requests that each need an object for a moment, with a pool or without: what {@link AvoidedCheck}
 * runs in JVMs of their own. Says what it did, and what the thread allocated by the JVM's count.
 */
public final class PooledWork {
  private static final int REQUESTS = 20_000;

  /** So many are built one by one, over some seconds, in which the agent is ready. */
  private static final int MOST_AT_ONCE = 20;

  private static final long PAUSE_MILLIS = 200;

  /** What keeps the JIT from leaving out what is built. */
  private static volatile @Nullable Object kept;

  private static long created;

  private PooledWork() {}

  /** What is pooled, and where. */
  enum Kind {
    ARRAY_4K(() -> new byte[4_096]),
    BUFFER_8K(() -> ByteBuffer.allocate(8_192)),
    BUILDER_1K(() -> new StringBuilder(1_024)),
    KRYO(() -> new Serializer()),
    LETTER_64(() -> new Letter(null)),
    RECYCLED_LETTER_64(() -> new Letter(null)),
    RECYCLED_BUFFER_8K(() -> new Page(null)),
    BUNDLED_BUFFER_8K(() -> ByteBuffer.allocate(8_192));

    final Supplier<Object> factory;

    Kind(Supplier<Object> factory) {
      this.factory = factory;
    }
  }

  /** Arguments: with or without, and the kind. */
  public static void main(String[] args) throws Exception {
    Kind kind = Kind.valueOf(args[1].toUpperCase(Locale.ROOT));
    boolean with = args[0].equals("with");
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    Thread thread =
        new FastThreadLocalThread(
            () -> {
              try {
                if (with) {
                  with(pool(kind));
                } else {
                  without(kind.factory);
                }
              } catch (Exception e) {
                failure.set(e);
              }
            });
    thread.start();
    thread.join();
    Exception failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private static void without(Supplier<Object> factory) {
    for (int i = 0; i < REQUESTS; i++) {
      kept = factory.get(); // until it is compiled
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    for (int i = 0; i < REQUESTS; i++) {
      kept = factory.get();
    }
    System.out.println("allocated = " + (threads.getThreadAllocatedBytes(id) - before));
    System.out.println("requests = " + REQUESTS);
  }

  private static void with(Pool pool) throws Exception {
    long borrows = 0;
    Object[] several = new Object[MOST_AT_ONCE];
    for (int count = 1; count <= MOST_AT_ONCE; count++) {
      for (int i = 0; i < count; i++) {
        several[i] = pool.get();
      }
      for (int i = 0; i < count; i++) {
        pool.put(several[i]);
      }
      borrows += count;
      Thread.sleep(PAUSE_MILLIS);
    }
    for (int i = 0; i < REQUESTS; i++) {
      Object object = pool.get();
      kept = object;
      pool.put(object);
    }
    System.out.println("borrows = " + (borrows + REQUESTS));
    System.out.println("created = " + created);
  }

  private static Pool pool(Kind kind) {
    switch (kind) {
      case RECYCLED_LETTER_64:
        return new Recycled(true);
      case RECYCLED_BUFFER_8K:
        return new Recycled(false);
      case BUNDLED_BUFFER_8K:
        return new Bundled();
      default:
        return new Commons(kind.factory);
    }
  }

  /** A pool of any library. */
  private interface Pool {
    Object get() throws Exception;

    void put(Object object);
  }

  private static final class Commons implements Pool {
    private final GenericObjectPool<Object> pool;

    Commons(Supplier<Object> factory) {
      GenericObjectPoolConfig<Object> config = new GenericObjectPoolConfig<>();
      config.setMaxTotal(MOST_AT_ONCE);
      config.setMaxIdle(MOST_AT_ONCE);
      config.setJmxEnabled(false);
      pool =
          new GenericObjectPool<>(
              new BasePooledObjectFactory<Object>() {
                @Override
                public Object create() {
                  created++;
                  return factory.get();
                }

                @Override
                public PooledObject<Object> wrap(Object object) {
                  return new DefaultPooledObject<>(object);
                }
              },
              config);
    }

    @Override
    public Object get() throws Exception {
      return pool.borrowObject();
    }

    @Override
    public void put(Object object) {
      pool.returnObject(object);
    }
  }

  private static final class Recycled implements Pool {
    private final Recycler<Letter> recycler;

    Recycled(boolean small) {
      recycler =
          new Recycler<Letter>() {
            @Override
            protected Letter newObject(Handle<Letter> handle) {
              created++;
              return small ? new Letter(handle) : new Page(handle);
            }
          };
    }

    @Override
    public Object get() {
      return recycler.get();
    }

    @Override
    public void put(Object object) {
      Letter letter = (Letter) object;
      Objects.requireNonNull(letter.handle).recycle(letter);
    }
  }

  private static final class Bundled implements Pool {
    private final ThreadLocalPool<ByteBuffer> pool =
        ThreadLocalPool.of(
            () -> {
              created++;
              return ByteBuffer.allocate(8_192);
            });

    @Override
    public Object get() {
      return pool.get();
    }

    @Override
    public void put(Object object) {
      pool.put((ByteBuffer) object);
    }
  }

  /** 64 bytes. */
  private static class Letter {
    final Recycler.@Nullable Handle<Letter> handle;
    long a;
    long b;
    long c;
    long d;
    long e;
    int f;

    Letter(Recycler.@Nullable Handle<Letter> handle) {
      this.handle = handle;
    }
  }

  private static final class Page extends Letter {
    final ByteBuffer bytes = ByteBuffer.allocate(8_192);

    Page(Recycler.@Nullable Handle<Letter> handle) {
      super(handle);
    }
  }

  private static final class Serializer {
    final Kryo kryo = new Kryo();
    final Output output = new Output(4_096, -1);
  }
}
