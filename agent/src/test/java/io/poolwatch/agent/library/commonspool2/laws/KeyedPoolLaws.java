package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.PoolUtils;
import org.apache.commons.pool2.impl.AbandonedConfig;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.proxy.ProxiedKeyedObjectPool;

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

  /**
   * The evictor destroys once more what was cleared while it looked: then the library counts one
   * too few under the key, and forgets it with the object that is idle there.
   */
  @Law
  public void objectThatIsForgottenWithItsKeyIsIdleNoMore() throws Exception {
    pool.setTestWhileIdle(true);
    add();
    factory.valid = false;
    factory.whileValidating =
        () -> {
          pool.clear();
          addUnchecked();
        };
    pool.evict();
    assertThat(pool.getNumIdle()).as("the library forgets it").isZero();
    expect("removed cleared 1, validation invalid 1, idle 1");
    Thread.sleep(220);
    expect("removed cleared 1, removed error 1, validation invalid 1");
    factory.whileValidating = () -> {};
    borrow();
    expect("miss 1, removed cleared 1, removed error 1, validation invalid 1, used 1");
  }

  private void addUnchecked() {
    try {
      add();
    } catch (Exception unlikely) {
      throw new AssertionError(unlikely);
    }
  }

  /** The same in a borrow that has the last object in its hands, and forgets the key itself. */
  @Law
  public void objectWhoseBorrowForgetsItsKeyIsLent() throws Exception {
    pool.setTestWhileIdle(true);
    add();
    add();
    factory.valid = false;
    factory.whileValidating = () -> pool.clear();
    factory.whileActivating =
        () -> {
          factory.whileActivating = () -> {};
          evictUnchecked();
        };
    Toy toy = borrow();
    expect("hit 1, removed cleared 1, validation invalid 1, used 1");
    Thread.sleep(220);
    expect("hit 1, removed cleared 1, validation invalid 1, used 1");
    assertThatThrownBy(() -> giveBack(toy)).isInstanceOf(RuntimeException.class);
    expect("hit 1, rejected 1, removed cleared 1, validation invalid 1, used 1");
    lostByTheLibrary = 1;
  }

  private void evictUnchecked() {
    try {
      pool.evict();
    } catch (Exception unlikely) {
      throw new AssertionError(unlikely);
    }
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

  private void abandonAtOnce() {
    AbandonedConfig config = new AbandonedConfig();
    config.setRemoveAbandonedOnBorrow(true);
    config.setRemoveAbandonedOnMaintenance(true);
    config.setRemoveAbandonedTimeout(0);
    pool.setAbandonedConfig(config);
    pool.setMaxTotal(2);
  }

  /** Keyed pools remove abandoned objects from 2.10 on, and unlike plain ones never refill. */
  @Law(since = "2.10")
  public void abandonedLoanIsRemovedByTheNextBorrowAndItsLateReturnRejected() throws Exception {
    abandonAtOnce();
    Toy forgotten = borrow();
    Thread.sleep(20);
    pool.borrowObject("another key");
    expect("miss 2, removed abandoned 1, used 1");
    assertThatThrownBy(() -> giveBack(forgotten)).isInstanceOf(IllegalStateException.class);
    expect("miss 2, rejected 1, removed abandoned 1, used 1");
  }

  @Law(since = "2.10")
  public void abandonedLoanIsRemovedByTheEvictor() throws Exception {
    abandonAtOnce();
    borrow();
    Thread.sleep(20);
    pool.evict();
    expect("miss 1, removed abandoned 1");
  }

  @Law(since = "2.10")
  public void loansThatAreNotOldEnoughStayAndAnInvalidatedOneIsNotAbandoned() throws Exception {
    pool.setAbandonedConfig(new AbandonedConfig());
    pool.setMaxTotal(2);
    Toy toy = borrow();
    borrow();
    pool.evict();
    invalidate(toy);
    expect("miss 2, removed invalidated 1, used 1");
  }

  @Law
  public void synchronizedPoolIsCountedOnce() throws Exception {
    KeyedObjectPool<String, Toy> wrapped = PoolUtils.synchronizedPool(pool);
    wrapped.returnObject(KEY, wrapped.borrowObject(KEY));
    expect("miss 1, pooled 1, idle 1");
    wrapped.invalidateObject(KEY, wrapped.borrowObject(KEY));
    expect("hit 1, miss 1, pooled 1, removed invalidated 1");
  }

  @Law
  public void proxiedPoolIsCountedOnceUnderneathItsProxies() throws Exception {
    @SuppressWarnings({"unchecked", "rawtypes"})
    KeyedObjectPool<String, Object> wrapped =
        new ProxiedKeyedObjectPool<>((KeyedObjectPool) pool, Proxies.source());
    Object proxy = wrapped.borrowObject(KEY);
    expect("miss 1, used 1");
    wrapped.returnObject(KEY, proxy);
    expect("miss 1, pooled 1, idle 1");
    wrapped.invalidateObject(KEY, wrapped.borrowObject(KEY));
    expect("hit 1, miss 1, pooled 1, removed invalidated 1");
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
