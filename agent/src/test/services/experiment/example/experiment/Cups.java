package example.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * A pool of Commons Pool2 whose objects are dear to build and need not be destroyed, and what the
 * service itself counts of it. Checks of each object that nobody else has it, and that it is washed.
 */
public final class Cups {
  private static final long MOST_SECONDS = 100;
  private static final int MOST = 16;

  private static final LongAdder made = new LongAdder();
  private static final LongAdder borrowed = new LongAdder();
  private static final LongAdder returned = new LongAdder();
  private static volatile boolean over;
  private static volatile Throwable thrown;

  private Cups() {}

  /** Arguments: the agent's log, and what is to be in it before the service ends. */
  public static void main(String[] args) throws Exception {
    GenericObjectPoolConfig config = new GenericObjectPoolConfig();
    config.setJmxNamePrefix("cups");
    config.setMaxTotal(MOST);
    GenericObjectPool<Cup> pool = new GenericObjectPool<>(new Factory(), config);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(new Thread(() -> run(pool)));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    long end = System.nanoTime() + MOST_SECONDS * 1_000_000_000L;
    while (thrown == null && !isTold(args) && System.nanoTime() - end < 0) {
      Thread.sleep(100);
    }
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
    System.out.println("made = " + made.sum());
    System.out.println("borrowed = " + borrowed.sum());
    System.out.println("returned = " + returned.sum());
    pool.close();
  }

  private static boolean isTold(String[] args) throws Exception {
    Path log = Path.of(args[0]);
    return Files.exists(log) && Files.readString(log).contains(args[1]);
  }

  private static void run(GenericObjectPool<Cup> pool) {
    try {
      while (!over) {
        for (int i = 0; i < 4; i++) {
          Cup one = drink(pool);
          Cup other = drink(pool);
          pool.returnObject(one);
          pool.returnObject(other);
          returned.add(2);
        }
        Thread.sleep(1);
      }
    } catch (Throwable failure) {
      thrown = failure;
    }
  }

  private static Cup drink(GenericObjectPool<Cup> pool) throws Exception {
    Cup cup = pool.borrowObject();
    borrowed.increment();
    if (cup.sips != 0) {
      throw new IllegalStateException("not washed, or in use");
    }
    cup.sips++;
    return cup;
  }

  /** Some 20 µs to build. */
  static final class Cup {
    final long[] pattern = new long[2_000];
    int sips;

    Cup() {
      long seed = 42;
      for (int i = 0; i < 10 * pattern.length; i++) {
        seed = seed * 6364136223846793005L + 1442695040888963407L;
        pattern[i % pattern.length] = seed;
      }
    }
  }

  private static final class Factory extends BasePooledObjectFactory<Cup> {
    @Override
    public Cup create() {
      made.increment();
      return new Cup();
    }

    @Override
    public PooledObject<Cup> wrap(Cup cup) {
      return new DefaultPooledObject<>(cup);
    }

    @Override
    public void passivateObject(PooledObject<Cup> pooled) {
      pooled.getObject().sips = 0;
    }
  }
}
