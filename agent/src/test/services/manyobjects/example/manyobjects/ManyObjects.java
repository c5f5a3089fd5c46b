package example.manyobjects;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/** Has more pooled objects than anybody watches, breaks contracts, and prints a heap histogram. */
public final class ManyObjects {
  private static final int SOME = 300_000;
  private static final int ARMED = 20_000;

  private ManyObjects() {}

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

  /** Argument: how many objects of each pool, but of the soft one. */
  public static void main(String[] args) throws Exception {
    int many = Integer.parseInt(args[0]);
    GenericObjectPoolConfig<Thing> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(-1);
    config.setMaxIdle(-1);
    config.setJmxEnabled(false);
    ObjectPool<Thing> generic = new GenericObjectPool<>(new Things(), config);
    ObjectPool<Thing> soft = new SoftReferenceObjectPool<>(new Things());
    List<Thing> lent = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      lent.add(generic.borrowObject());
    }
    for (int i = 0; i < SOME; i++) {
      lent.add(soft.borrowObject());
    }
    Thread recycler = new FastThreadLocalThread(() -> recycle(many, lent));
    recycler.start();
    recycler.join();
    arm(generic);
    arm(soft);
    Thread.sleep(1_500);
    for (int i = 0; i < ARMED; i++) {
      end(i + 1, generic, lent.get(i));
      end(i + 1, soft, lent.get(many + i));
    }
    System.out.println(
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()}));
    System.out.println(lent.size());
  }

  private static void recycle(int many, List<Thing> lent) {
    Recycler<Thing> recycler =
        new Recycler<Thing>() {
          @Override
          protected Thing newObject(Handle<Thing> handle) {
            return new Thing(handle);
          }
        };
    for (int i = 0; i < many; i++) {
      lent.add(recycler.get());
    }
    Thing twice = recycler.get();
    twice.handle.recycle(twice);
    try {
      twice.handle.recycle(twice);
    } catch (IllegalStateException expected) {
      // the first broken contract
    }
    for (int i = 0; i < ARMED; i++) {
      Thing thing = lent.get(lent.size() - 1 - i);
      thing.handle.recycle(thing);
    }
  }

  private static void arm(ObjectPool<Thing> pool) throws Exception {
    Thing twice = pool.borrowObject();
    pool.returnObject(twice);
    try {
      pool.returnObject(twice);
    } catch (IllegalStateException expected) {
      return;
    }
  }

  /** Gives back and destroys in many ways to get there, so that there are many stacks. */
  private static void end(int way, ObjectPool<Thing> pool, Thing thing) throws Exception {
    if (way > 1 && (way & 1) == 0) {
      end(way >> 1, pool, thing);
    } else if (way > 1) {
      finish(way >> 1, pool, thing);
    } else if (thing.hashCode() % 8 == 0) {
      pool.invalidateObject(thing);
    } else {
      pool.returnObject(thing);
    }
  }

  private static void finish(int way, ObjectPool<Thing> pool, Thing thing) throws Exception {
    end(way, pool, thing);
  }
}
