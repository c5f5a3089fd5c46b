package example.guarded;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Uses parts after it gave them back, after they were destroyed, and as it should. */
public final class GuardService {
  private static final int ROUNDS = 200;
  private static final AtomicLong afterReturn = new AtomicLong();
  private static final AtomicLong afterDestroy = new AtomicLong();
  private static final ExecutorService others = Executors.newCachedThreadPool(threads("other"));

  private GuardService() {}

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]);
    String before = members();
    awaitWeaving(Path.of(args[1]));
    System.out.println("changed = " + (members().equals(before) ? 0 : 1));
    ExecutorService clients = Executors.newFixedThreadPool(threads, threads("client"));
    List<Future<?>> running = new ArrayList<>();
    GenericObjectPool<Part> clean = busy();
    try {
      for (int i = 0; i < threads; i++) {
        running.add(clients.submit(task(GuardService::stale)));
        running.add(clients.submit(task(GuardService::dead)));
        running.add(clients.submit(task(() -> behave(clean))));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      clean.close();
    }
    clients.shutdown();
    System.out.println("stale use_after_return = " + afterReturn);
    System.out.println("dead use_after_destroy = " + afterDestroy);
  }

  /** Threads that keep no failed service alive. */
  private static ThreadFactory threads(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static Callable<Object> task(Callable<Object> work) {
    return work;
  }

  /** The agent weaves on a thread of its own, and says so in its log. */
  private static void awaitWeaving(Path log) throws Exception {
    GenericObjectPool<Part> first = pool("first");
    try {
      Part part = first.borrowObject();
      first.returnObject(part);
      long start = System.nanoTime();
      while (!Files.exists(log) || !Files.readString(log).contains("Part is guarded in")) {
        if (System.nanoTime() - start > 60_000_000_000L) {
          throw new IllegalStateException("not woven");
        }
        Thread.sleep(50);
      }
    } finally {
      first.close();
    }
  }

  private static GenericObjectPool<Part> pool(String name) {
    GenericObjectPoolConfig config = new GenericObjectPoolConfig();
    config.setMaxTotal(1);
    config.setJmxEnabled(false);
    config.setJmxNamePrefix(name);
    return new GenericObjectPool<>(new PartFactory(others), config);
  }

  private static Object stale() throws Exception {
    GenericObjectPool<Part> pool = pool("stale");
    try {
      for (int i = 0; i < ROUNDS; i++) {
        Part part = pool.borrowObject();
        part.use(1);
        pool.returnObject(part);
        part.use(1);
        part.touch();
        raw(part).accept("word");
        part.doLater();
        others.submit(() -> part.use(2)).get();
        afterReturn.addAndGet(5);
      }
    } finally {
      pool.close();
    }
    return null;
  }

  /** Calls through a type that the erased method is called on. */
  @SuppressWarnings("unchecked")
  private static Task<Object> raw(Part part) {
    return (Task<Object>) (Task<?>) part;
  }

  private static Object dead() throws Exception {
    GenericObjectPool<Part> pool = pool("dead");
    try {
      for (int i = 0; i < ROUNDS; i++) {
        Part part = pool.borrowObject();
        if (i % 2 == 0) {
          pool.invalidateObject(part);
        } else {
          pool.returnObject(part);
          pool.clear();
        }
        part.use(1);
        others.submit(() -> part.touch()).get();
        afterDestroy.addAndGet(2);
      }
    } finally {
      pool.close();
    }
    return null;
  }

  private static GenericObjectPool<Part> busy() {
    GenericObjectPoolConfig config = new GenericObjectPoolConfig();
    // nobody waits: 2.6.2 may fail an invalidation with a NullPointerException while others do,
    // when the object that it makes for them is one too many
    config.setMaxTotal(-1);
    config.setMaxIdle(3);
    config.setTestOnBorrow(true);
    config.setTestOnReturn(true);
    config.setTestWhileIdle(true);
    config.setTimeBetweenEvictionRunsMillis(2);
    config.setMinEvictableIdleTimeMillis(5);
    config.setNumTestsPerEvictionRun(4);
    config.setJmxEnabled(false);
    config.setJmxNamePrefix("clean");
    return new GenericObjectPool<>(new PartFactory(others), config);
  }

  /** Everything that a careful client does. */
  private static Object behave(GenericObjectPool<Part> pool) throws Exception {
    for (int i = 0; i < 10 * ROUNDS; i++) {
      Part part = pool.borrowObject();
      part.use(1);
      part.doLater();
      others.submit(() -> part.touch()).get();
      part.later().run();
      if (i % 50 == 0) {
        pool.invalidateObject(part);
      } else {
        pool.returnObject(part);
      }
      part.close();
      part.isOpen();
      part.wasUsed();
      part.toString();
      part.getClass();
      if (i % 100 == 0) {
        pool.clear();
      }
    }
    return null;
  }

  /** All that reflection and serialization see of a part. */
  private static String members() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Part());
    }
    Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    return sorted(Part.class.getDeclaredFields())
        + sorted(Part.class.getDeclaredMethods())
        + sorted(BasePart.class.getDeclaredMethods())
        + sorted(Part.class.getDeclaredConstructors())
        + ObjectStreamClass.lookup(read.getClass()).getSerialVersionUID()
        + Arrays.toString(bytes.toByteArray());
  }

  private static String sorted(Object[] members) {
    String[] names = Arrays.stream(members).map(Object::toString).toArray(String[]::new);
    Arrays.sort(names);
    return Arrays.toString(names);
  }
}
