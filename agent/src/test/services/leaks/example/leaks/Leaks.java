package example.leaks;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.poolwatch.pool.ThreadLocalPool;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/**
 * Borrows objects of three pools, drops some and holds on to the others, and lets the collector
 * find out.
 *
 * <p>Arguments: how many to drop of each pool; how many to hold; what collects after that: {@code
 * full} for {@code System.gc()}, or for how many seconds to allocate what dies at once; and, if
 * those dropped are to be old by then, for how many seconds to do so before. With the property
 * {@code example.drop} it also drops pools that hold what they lend.
 */
public final class Leaks {
  private static final int GARBAGE = 64 * 1024;

  private static volatile byte[] garbage;

  /** Held until the JVM ends, as is the thread that borrowed them: it may collect as it ends. */
  private static List<Thing> held;

  private static List<Object> inUse = new ArrayList<>();

  private final SoftReferenceObjectPool<Thing> soft = new SoftReferenceObjectPool<>(new Things());
  private final ThreadLocalPool<Thing> bundled = ThreadLocalPool.of(() -> new Thing(null));
  private final Recycler<Thing> recycler =
      new Recycler<Thing>() {
        @Override
        protected Thing newObject(Handle<Thing> handle) {
          return new Thing(handle);
        }
      };

  private Leaks() {}

  private static final class Thing {
    final Recycler.Handle<Thing> handle;

    Thing(Recycler.Handle<Thing> handle) {
      this.handle = handle;
    }
  }

  private static final class Things extends BasePooledObjectFactory<Thing> {
    @Override
    public Thing create() {
      return new Thing(null);
    }

    @Override
    public PooledObject<Thing> wrap(Thing thing) {
      return new DefaultPooledObject<>(thing);
    }
  }

  /** Runs it on a thread that lives until the end, since the Recycler keeps objects by thread. */
  public static void main(String[] args) {
    Leaks leaks = new Leaks();
    new FastThreadLocalThread(() -> leaks.run(args)).start();
  }

  private void run(String[] args) {
    try {
      held = borrow(Integer.parseInt(args[1]));
      if (args.length > 3) {
        borrowAndWait(Integer.parseInt(args[0]), args[3]);
      } else {
        borrow(Integer.parseInt(args[0]));
      }
      if (Boolean.getBoolean("example.drop")) {
        inUse = DroppedPool.drop(() -> new Thing(null), 1000, 100);
      }
      collect(args[2]);
      System.out.println("held = " + (held.size() + inUse.size()));
      for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
        System.out.println(each.getName() + " = " + each.getCollectionCount());
      }
      System.exit(0);
    } catch (Exception failed) {
      failed.printStackTrace();
      System.exit(1);
    }
  }

  private List<Thing> borrow(int count) throws Exception {
    List<Thing> borrowed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      borrowed.add(soft.borrowObject());
      borrowed.add(bundled.get());
      borrowed.add(recycler.get());
    }
    return borrowed;
  }

  private int borrowAndWait(int count, String seconds) throws Exception {
    List<Thing> borrowed = borrow(count);
    collect("full");
    collect(seconds);
    return borrowed.size();
  }

  private static void collect(String how) throws InterruptedException {
    if (how.equals("full")) {
      // A soft reference is cleared at the earliest by the second collection after its last use,
      // and of two that are asked for at a time the JVM may do one.
      for (int i = 0; i < 4; i++) {
        System.gc();
        Thread.sleep(100);
      }
    } else {
      long end = System.nanoTime() + Long.parseLong(how) * 1_000_000_000L;
      while (System.nanoTime() < end) {
        for (int i = 0; i < 10; i++) {
          garbage = new byte[GARBAGE];
        }
        Thread.sleep(1);
      }
    }
    // Collected references come to the agent by a thread of the JVM's.
    Thread.sleep(200);
  }
}
