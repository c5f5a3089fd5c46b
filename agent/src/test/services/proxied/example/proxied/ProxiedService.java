package example.proxied;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.apache.commons.pool2.proxy.JdkProxySource;
import org.apache.commons.pool2.proxy.ProxiedKeyedObjectPool;
import org.apache.commons.pool2.proxy.ProxiedObjectPool;

/** Uses proxies after it gave them back, and as it should. */
public final class ProxiedService {
  private static final int ROUNDS = 100;
  private static final AtomicLong plainReturned = new AtomicLong();
  private static final AtomicLong doomedDestroyed = new AtomicLong();
  private static final AtomicLong keyedReturned = new AtomicLong();
  private static final AtomicLong refused = new AtomicLong();

  private ProxiedService() {}

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]);
    ObjectPool<Line> plain = pool("plain", threads);
    ObjectPool<Line> doomed = pool("doomed", threads);
    GenericKeyedObjectPoolConfig keyedConfig = new GenericKeyedObjectPoolConfig();
    keyedConfig.setMaxTotalPerKey(-1);
    keyedConfig.setMaxIdlePerKey(threads);
    keyedConfig.setJmxNamePrefix("keyed");
    KeyedObjectPool<String, Line> keyed =
        new ProxiedKeyedObjectPool<>(
            new GenericKeyedObjectPool<>(new KeyedLines(), keyedConfig), source());
    ExecutorService clients = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          clients.submit(
              () -> {
                use(plain, doomed, keyed);
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    clients.shutdown();
    System.out.println("plain use_after_return = " + plainReturned);
    System.out.println("plain use_after_destroy = 0");
    System.out.println("doomed use_after_return = 0");
    System.out.println("doomed use_after_destroy = " + doomedDestroyed);
    System.out.println("keyed use_after_return = " + keyedReturned);
    System.out.println("keyed use_after_destroy = 0");
    System.out.println("refused = " + refused);
  }

  private static ObjectPool<Line> pool(String name, int threads) {
    GenericObjectPoolConfig config = new GenericObjectPoolConfig();
    config.setMaxTotal(-1);
    config.setMaxIdle(threads);
    config.setJmxNamePrefix(name);
    return new ProxiedObjectPool<>(new GenericObjectPool<>(new Lines(), config), source());
  }

  private static JdkProxySource<Line> source() {
    return new JdkProxySource<>(ProxiedService.class.getClassLoader(), new Class<?>[] {Line.class});
  }

  private static void use(
      ObjectPool<Line> plain, ObjectPool<Line> doomed, KeyedObjectPool<String, Line> keyed)
      throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Line line = plain.borrowObject();
      line.send("good");
      plain.returnObject(line);
      stale(line);
      Line again = plain.borrowObject();
      stale(line); // whoever has the object now
      again.send("good");
      plain.returnObject(again);

      Line dead = doomed.borrowObject();
      dead.send("good");
      doomed.invalidateObject(dead);
      ask(dead);
      tryTo(() -> dead.send("bad"));
      doomedDestroyed.incrementAndGet();

      Line other = keyed.borrowObject("key");
      other.send("good");
      keyed.returnObject("key", other);
      tryTo(() -> other.send("bad"));
      tryTo(() -> other.send("bad"));
      keyedReturned.addAndGet(2);
    }
  }

  private static void stale(Line line) {
    ask(line);
    tryTo(() -> line.send("bad"));
    plainReturned.incrementAndGet();
  }

  /** No use, though the proxy refuses it all the same. */
  private static void ask(Line line) {
    tryTo(line::isOpen);
    tryTo(line::close);
    tryTo(line::hashCode);
    tryTo(line::toString);
  }

  private static void tryTo(Runnable call) {
    try {
      call.run();
      throw new AssertionError("not refused");
    } catch (IllegalStateException expected) {
      refused.incrementAndGet();
    }
  }

  private static final class Lines extends BasePooledObjectFactory<Line> {
    @Override
    public Line create() {
      return new OpenLine();
    }

    @Override
    public PooledObject<Line> wrap(Line line) {
      return new DefaultPooledObject<>(line);
    }
  }

  private static final class KeyedLines extends BaseKeyedPooledObjectFactory<String, Line> {
    @Override
    public Line create(String key) {
      return new OpenLine();
    }

    @Override
    public PooledObject<Line> wrap(Line line) {
      return new DefaultPooledObject<>(line);
    }
  }
}
