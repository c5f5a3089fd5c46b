package io.poolwatch.agent.library.commonspool2.laws;

import io.poolwatch.agent.library.commonspool2.Law;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;

/**
 * The same of pools with keys. Another key has idle objects all the time: no fault under the key
 * that is asked for may be taken for fragmentation because of those.
 */
public class KeyedCauseLaws extends BoundedCauseLaws {
  private static final String KEY = "key";
  private final GenericKeyedObjectPool<String, Toy> pool = new GenericKeyedObjectPool<>(factory);

  /** Of a pool with idle objects under another key. */
  public KeyedCauseLaws() throws Exception {
    pool.setMaxTotal(40);
    pool.setMaxTotalPerKey(20);
    pool.setMaxIdlePerKey(20);
    for (int i = 0; i < 3; i++) {
      pool.addObject("beside");
    }
  }

  @Override
  BaseGenericObjectPool<Toy> pool() {
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
  void clear() {
    pool.clear(KEY);
  }

  @Override
  void keepIdle(int most) {
    pool.setMaxIdlePerKey(most);
  }

  @Override
  void evict() throws Exception {
    pool.evict();
    pool.addObject("beside");
  }

  @Law
  public void newKeysWhileOthersLieIdleAreFragmentation() throws Exception {
    giveBack(borrow(4));
    for (int call = 0; call < 4; call++) {
      String key = "version " + call;
      pool.returnObject(key, pool.borrowObject(key));
    }
    expect("cold 4, fragmented 4");
  }

  @Law
  public void whatHadToMakeRoomForOtherKeysIsFragmentation() throws Exception {
    pool.clear();
    pool.setMaxTotal(4);
    List<Toy> lent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      lent.add(borrow());
    }
    giveBack(lent);
    for (int call = 0; call < 4; call++) {
      Thread.sleep(2); // 2.0 finds the oldest ones by their milliseconds
      String key = "caller " + call;
      pool.returnObject(key, pool.borrowObject(key));
    }
    // Nothing is left under the first key, and others are idle.
    giveBack(borrow());
    expect("cold 4, fragmented 5");
  }
}
