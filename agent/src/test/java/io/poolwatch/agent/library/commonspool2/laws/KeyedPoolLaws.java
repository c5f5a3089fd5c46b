package io.poolwatch.agent.library.commonspool2.laws;

import io.poolwatch.agent.library.commonspool2.Law;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.PoolUtils;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;

/** What holds for {@link GenericKeyedObjectPool}. */
public class KeyedPoolLaws extends BoundedPoolLaws {
  private static final String KEY = "key";
  private final GenericKeyedObjectPool<String, Toy> pool = new GenericKeyedObjectPool<>(factory);

  /** A keyed pool has no total limit of its own. */
  public KeyedPoolLaws() {
    pool.setMaxTotal(8);
  }

  @Override
  GenericKeyedObjectPool<String, Toy> pool() {
    return pool;
  }

  @Override
  Toy borrow() throws Exception {
    return pool.borrowObject(KEY);
  }

  @Override
  void giveBack(Toy toy) {
    pool.returnObject(KEY, toy);
  }

  @Override
  void invalidate(Toy toy) throws Exception {
    pool.invalidateObject(KEY, toy);
  }

  @Override
  void add() throws Exception {
    pool.addObject(KEY);
  }

  @Override
  void clear() {
    pool.clear();
  }

  @Override
  void maxIdle(int objects) {
    pool.setMaxIdlePerKey(objects);
  }

  @Override
  int idleInLibrary() {
    return pool.getNumIdle();
  }

  @Override
  int activeInLibrary() {
    return pool.getNumActive();
  }

  @Law
  public void roomForAnotherKeyIsMadeByRemovalsForCapacity() throws Exception {
    pool.setMaxTotal(2);
    pool.addObject("a");
    pool.addObject("a");
    pool.borrowObject("b");
    expect("miss 1, removed capacity 1, idle 1, used 1");
  }

  @Law
  public void oldestClearedByTheUserAreCleared() throws Exception {
    pool.addObject("a");
    pool.addObject("a");
    pool.clearOldest();
    expect("removed cleared 1, idle 1");
  }

  @Law
  public void objectOfOneKeyIsAStrangerToAnother() throws Exception {
    Toy toy = pool.borrowObject("a");
    pool.addObject("b");
    try {
      pool.returnObject("b", toy);
      throw new AssertionError("accepted");
    } catch (IllegalStateException expected) {
      expect("miss 1, rejected 1, idle 1, used 1");
    }
  }

  @Law
  public void erodingPoolReturnsByDiscarding() throws Exception {
    for (boolean perKey : new boolean[] {false, true}) {
      pool.clear();
      pool.addObject(KEY);
      pool.addObject(KEY);
      KeyedObjectPool<String, Toy> eroding = PoolUtils.erodingPool(pool, 1e-9f, perKey);
      Toy toy = eroding.borrowObject(KEY);
      if (perKey) { // its factor begins with the first return
        eroding.returnObject(KEY, toy);
        toy = eroding.borrowObject(KEY);
      }
      Thread.sleep(20);
      eroding.returnObject(KEY, toy);
    }
    expect("hit 3, pooled 1, discarded 2, removed evicted 2, removed cleared 1, idle 1");
    returnsMiscounted = -2;
  }
}
