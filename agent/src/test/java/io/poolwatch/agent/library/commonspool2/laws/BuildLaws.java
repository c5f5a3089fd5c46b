package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.poolwatch.agent.library.commonspool2.Law;
import io.poolwatch.worth.Buildings;
import io.poolwatch.worth.Costs;
import io.poolwatch.worth.Meter;
import io.poolwatch.worth.ScriptedMeter;
import java.lang.management.ManagementFactory;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.KeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * What the library's own bases of factories allocate beside the object is no part of what building
 * it takes: a factory of either base is measured as one that has none.
 */
public class BuildLaws {
  private static final int OBJECTS = 16;

  /** Measures by the JVM's own count; of what size objects are it knows nothing. */
  public BuildLaws() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Costs.meter(
        new ScriptedMeter(
            () -> threads.getThreadAllocatedBytes(Thread.currentThread().getId()), Meter.UNKNOWN));
  }

  /** Leaves nothing behind. */
  public void settle() {
    Costs.meter(null);
  }

  private static double built(PooledObjectFactory<Toy> factory) throws Exception {
    GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);
    pool.setMaxTotal(OBJECTS);
    for (int i = 0; i < OBJECTS; i++) {
      pool.borrowObject();
    }
    return bytes(pool);
  }

  private static double built(KeyedPooledObjectFactory<String, Toy> factory) throws Exception {
    GenericKeyedObjectPool<String, Toy> pool = new GenericKeyedObjectPool<>(factory);
    pool.setMaxTotalPerKey(OBJECTS);
    for (int i = 0; i < OBJECTS; i++) {
      pool.borrowObject("key");
    }
    return bytes(pool);
  }

  private static double bytes(Object pool) {
    Buildings buildings = new Buildings();
    buildings.read(Figures.bookOf(pool).costs());
    assertThat(buildings.weighed()).isEqualTo(OBJECTS);
    return buildings.bytes();
  }

  @Law
  public void factoryWithABaseIsMeasuredAsOneWithout() throws Exception {
    double bytes = built((PooledObjectFactory<Toy>) new ToyFactory());

    assertThat(bytes).isPositive();
    assertThat(built(new Based())).isEqualTo(bytes);
  }

  @Law
  public void keyedFactoryWithABaseIsMeasuredAsOneWithout() throws Exception {
    double bytes = built((KeyedPooledObjectFactory<String, Toy>) new ToyFactory());

    assertThat(bytes).isPositive();
    assertThat(built(new KeyedBased())).isEqualTo(bytes);
  }

  @Law
  public void factoryThatMakesItsRecordsItselfIsMeasuredAsOneWithoutABase() throws Exception {
    double bytes = built((PooledObjectFactory<Toy>) new ToyFactory());

    assertThat(
            built(
                new Based() {
                  @Override
                  public PooledObject<Toy> makeObject() {
                    return wrap(create());
                  }
                }))
        .isEqualTo(bytes);
  }

  private static class Based extends BasePooledObjectFactory<Toy> {
    @Override
    public Toy create() {
      return new Toy();
    }

    @Override
    public PooledObject<Toy> wrap(Toy toy) {
      return new DefaultPooledObject<>(toy);
    }
  }

  private static final class KeyedBased extends BaseKeyedPooledObjectFactory<String, Toy> {
    @Override
    public Toy create(String key) {
      return new Toy();
    }

    @Override
    public PooledObject<Toy> wrap(Toy toy) {
      return new DefaultPooledObject<>(toy);
    }
  }
}
