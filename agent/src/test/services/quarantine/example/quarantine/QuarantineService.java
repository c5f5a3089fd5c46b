package example.quarantine;

import example.quarantine.Letters.Letter;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Uses objects only after they were lent again: nobody can see that, unless the pool did not lend
 * them again. It knows by itself which those are.
 */
public final class QuarantineService {
  private static final int THREADS = 4;
  private static final int ROUNDS = 1_000;

  private QuarantineService() {}

  public static void main(String[] args) throws Exception {
    Letters letters = new Letters();
    awaitWeaving(Path.of(args[0]), letters);
    AtomicLong plain = new AtomicLong();
    AtomicLong keyed = new AtomicLong();
    AtomicLong doors = new AtomicLong();
    AtomicLong recycled = new AtomicLong();
    AtomicLong twice = new AtomicLong();
    GenericObjectPool<Part> parts = pool(Part::new);
    GenericObjectPool<Part> closing = pool(Door::new);
    GenericKeyedObjectPool<String, Part> byKey =
        new GenericKeyedObjectPool<>(
            new BaseKeyedPooledObjectFactory<String, Part>() {
              @Override
              public Part create(String key) {
                return new Part();
              }

              @Override
              public PooledObject<Part> wrap(Part part) {
                return new DefaultPooledObject<>(part);
              }
            });
    byKey.setMaxTotalPerKey(-1);
    byKey.setMaxTotal(-1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String key = "key" + i;
      Thread thread =
          new FastThreadLocalThread(
              () -> {
                try {
                  for (int round = 0; round < ROUNDS; round++) {
                    onlyOne(parts, plain, round % 10 == 0 ? twice : null);
                    onlyOne(closing, doors, null);
                    Part part = byKey.borrowObject(key);
                    part.use();
                    byKey.returnObject(key, part);
                    Part next = byKey.borrowObject(key);
                    count(part != next, keyed);
                    part.use();
                    byKey.returnObject(key, next);
                    Letter letter = (Letter) letters.get();
                    letter.use();
                    letter.recycle();
                    Letter other = (Letter) letters.get();
                    count(letter != other, recycled);
                    letter.use();
                    other.recycle();
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("plain = " + plain);
    System.out.println("keyed = " + keyed);
    System.out.println("doors = " + doors);
    System.out.println("recycled = " + recycled);
    System.out.println("twice = " + twice);
  }

  private static void count(boolean planted, AtomicLong counter) {
    if (planted) {
      counter.incrementAndGet();
    }
  }

  /** By one thread at a time, so that the next borrow gives the same object, or a new one. */
  private static void onlyOne(GenericObjectPool<Part> pool, AtomicLong counter, AtomicLong twice)
      throws Exception {
    synchronized (pool) {
      Part part = pool.borrowObject();
      part.use();
      pool.returnObject(part);
      Part next = pool.borrowObject();
      count(part != next, counter);
      part.use();
      if (twice != null && part != next) {
        try {
          pool.returnObject(part);
          throw new AssertionError("not refused");
        } catch (IllegalStateException expected) {
          twice.incrementAndGet();
        }
      }
      pool.returnObject(next);
    }
  }

  private static GenericObjectPool<Part> pool(Supplier<Part> maker) {
    return new GenericObjectPool<>(
        new BasePooledObjectFactory<Part>() {
          @Override
          public Part create() {
            return maker.get();
          }

          @Override
          public PooledObject<Part> wrap(Part part) {
            return new DefaultPooledObject<>(part);
          }
        });
  }

  /** The agent weaves on a thread of its own, and says so in its log. */
  private static void awaitWeaving(Path log, Letters letters) throws Exception {
    GenericObjectPool<Part> first = pool(Part::new);
    GenericObjectPool<Part> doors = pool(Door::new);
    first.borrowObject();
    doors.borrowObject();
    // From 4.2.18 on other threads get objects that never come back.
    Thread thread = new FastThreadLocalThread(() -> ((Letter) letters.get()).recycle());
    thread.start();
    thread.join();
    long start = System.nanoTime();
    while (!isWoven(log)) {
      if (System.nanoTime() - start > 60_000_000_000L) {
        throw new IllegalStateException("not woven");
      }
      Thread.sleep(50);
    }
    first.close();
    doors.close();
  }

  private static boolean isWoven(Path log) throws Exception {
    if (!Files.exists(log)) {
      return false;
    }
    String text = Files.readString(log);
    return text.contains("quarantine.Part is guarded in")
        && text.contains("Letters$Letter is guarded in");
  }
}
