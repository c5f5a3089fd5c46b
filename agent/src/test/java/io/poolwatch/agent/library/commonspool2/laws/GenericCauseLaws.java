package io.poolwatch.agent.library.commonspool2.laws;

import io.poolwatch.agent.library.commonspool2.Law;
import java.util.List;
import org.apache.commons.pool2.impl.AbandonedConfig;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** The same of pools without keys. */
public class GenericCauseLaws extends BoundedCauseLaws {
  private final GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);

  /** Of a pool that keeps all it has. */
  public GenericCauseLaws() {
    pool.setMaxTotal(20);
    pool.setMaxIdle(20);
  }

  @Override
  BaseGenericObjectPool<Toy> pool() {
    return pool;
  }

  @Override
  Toy borrow() throws Exception {
    return pool.borrowObject();
  }

  @Override
  void giveBack(Toy toy) {
    pool.returnObject(toy);
  }

  @Override
  void clear() {
    pool.clear();
  }

  @Override
  void keepIdle(int most) {
    pool.setMaxIdle(most);
  }

  @Override
  void evict() throws Exception {
    pool.evict();
  }

  @Law
  public void poolThatKeepsNothingMissesByDesign() throws Exception {
    pool.setMaxIdle(0);
    giveBack(borrow());
    giveBack(borrow());
    expect("disabled 2");
  }

  @Law
  public void invalidatedObjectsAreMissed() throws Exception {
    List<Toy> lent = borrow(3);
    for (Toy toy : lent) {
      pool.invalidateObject(toy);
    }
    giveBack(borrow(2));
    // From 2.13 on the pool makes new ones by itself.
    expect(Releases.has("2.13") ? "cold 3" : "cold 3, invalid 2");
  }

  @Law
  public void abandonedObjectsAreMissed() throws Exception {
    AbandonedConfig config = new AbandonedConfig();
    config.setRemoveAbandonedOnMaintenance(true);
    config.setRemoveAbandonedTimeout(0);
    pool.setAbandonedConfig(config);
    borrow(2);
    Thread.sleep(20);
    pool.evict();
    borrow(2);
    expect(Releases.has("2.13") ? "cold 2" : "cold 2, abandoned 2");
  }

  @Law
  public void filledAheadIsNoMissAndPaysForWhatWasRemoved() throws Exception {
    giveBack(borrow(2));
    evictAll();
    pool.addObject();
    pool.addObject();
    giveBack(borrow(2));
    expect("cold 2");
    borrow(3);
    expect("cold 3");
  }

  @Law
  public void latestRemovalIsMissedFirst() throws Exception {
    giveBack(borrow(6));
    evictAll();
    List<Toy> lent = borrow(2);
    pool.setTestOnReturn(true);
    factory.valid = false;
    giveBack(lent);
    factory.valid = true;
    pool.setTestOnReturn(false);
    borrow(6);
    expect("cold 6, evicted 6, invalid 2");
  }
}
