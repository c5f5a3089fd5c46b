package example.manypools;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Makes many pools, and prints how much heap they leave. */
public final class ManyPools {
  private static final int FIRST = 20_000;

  /** Looks, of which none finds less. */
  private static final int STILL = 5;

  /** Bytes by which two looks may differ for nothing. */
  private static final long NOISE = 16_384;

  static final class Text {}

  private ManyPools() {}

  /** Arguments: how many, and whether to keep or to drop them. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    boolean keep = arguments[1].equals("keep");
    List<GenericObjectPool<Text>> kept = new ArrayList<>(count);
    // Fills what is kept of pools whatever their number, up to its bounds.
    make(FIRST);
    long before = heap();
    for (int i = 0; i < count; i++) {
      GenericObjectPool<Text> pool = make(1);
      if (keep) {
        kept.add(pool);
      }
    }
    WeakReference<Object> last = new WeakReference<>(make(1));
    long after = heap();
    if (!keep) {
      System.out.println("last one is gone: " + (last.get() == null));
    }
    System.out.println("bytes a pool " + (after - before) / count);
    System.out.println("kept " + kept.size());
  }

  private static GenericObjectPool<Text> make(int times) throws Exception {
    // Registered with JMX a pool would never go.
    GenericObjectPoolConfig<Text> configuration = new GenericObjectPoolConfig<>();
    configuration.setJmxEnabled(false);
    GenericObjectPool<Text> pool = null;
    for (int i = 0; i < times; i++) {
      pool =
          new GenericObjectPool<>(
              new BasePooledObjectFactory<Text>() {
                @Override
                public Text create() {
                  return new Text();
                }

                @Override
                public PooledObject<Text> wrap(Text text) {
                  return new DefaultPooledObject<>(text);
                }
              },
              configuration);
      pool.returnObject(pool.borrowObject());
    }
    return pool;
  }

  /** What is used once it does not fall any more. */
  private static long heap() throws InterruptedException {
    // Books of dropped pools are closed by the agent's thread after the collector ran, a bounded
    // number at each of its beats; and what that thread needs while it reads all pools is not kept.
    long least = Long.MAX_VALUE;
    for (int still = 0; still < STILL; still++) {
      System.gc();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (used < least - NOISE) {
        still = 0;
      }
      least = Math.min(least, used);
      Thread.sleep(1200);
    }
    return least;
  }
}
