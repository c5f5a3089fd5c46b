package io.poolwatch.agent.library.commonspool2.laws;

import io.poolwatch.agent.library.commonspool2.Law;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;

/** The same of pools that have limits, an evictor and tests as objects come back. */
public abstract class BoundedCauseLaws extends CauseLaws {
  @Override
  abstract BaseGenericObjectPool<Toy> pool();

  abstract void keepIdle(int most);

  /** Runs the evictor; what is to lie idle beside what is borrowed here does afterwards, too. */
  abstract void evict() throws Exception;

  @Override
  final void validateOnBorrow() {
    pool().setTestOnBorrow(true);
  }

  final void evictAll() throws Exception {
    pool().setMinEvictableIdleTimeMillis(1);
    pool().setNumTestsPerEvictionRun(40);
    Thread.sleep(5);
    evict();
    pool().setMinEvictableIdleTimeMillis(1_000_000);
  }

  @Law
  public void whatFoundNoRoomIsMissedForCapacity() throws Exception {
    keepIdle(2);
    for (int round = 0; round < 3; round++) {
      giveBack(borrow(5));
    }
    expect("cold 5, capacity 6");
  }

  @Law
  public void evictedObjectsAreMissed() throws Exception {
    giveBack(borrow(4));
    evictAll();
    giveBack(borrow(3));
    expect("cold 4, evicted 3");
    giveBack(borrow(4));
    expect("cold 4, evicted 4");
  }

  @Law
  public void objectsThatFailTheirTestAsTheyComeBackAreMissed() throws Exception {
    pool().setTestOnReturn(true);
    factory.valid = false;
    giveBack(borrow(3));
    factory.valid = true;
    giveBack(borrow(3));
    expect("cold 3, invalid 3");
  }
}
