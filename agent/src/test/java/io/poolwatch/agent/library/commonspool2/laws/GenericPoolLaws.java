package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.guard.Wards;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PoolUtils;
import org.apache.commons.pool2.impl.AbandonedConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.proxy.ProxiedObjectPool;

/** What holds for {@link GenericObjectPool}. */
public class GenericPoolLaws extends BoundedPoolLaws {
  private final GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);

  @Override
  GenericObjectPool<Toy> pool() {
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
  void invalidate(Toy toy) throws Exception {
    pool.invalidateObject(toy);
  }

  @Override
  void add() throws Exception {
    pool.addObject();
  }

  @Override
  void clear() {
    pool.clear();
  }

  @Override
  void maxIdle(int objects) {
    pool.setMaxIdle(objects);
  }

  @Override
  int idleInLibrary() {
    return pool.getNumIdle();
  }

  @Override
  int activeInLibrary() {
    return pool.getNumActive();
  }

  /** From 2.13 on. */
  @Override
  boolean refills() {
    return Releases.has("2.13.0");
  }

  @Law
  public void idleLimitFollowsItsSetter() {
    assertThat(Figures.bookOf(pool).idleLimit()).isEqualTo(8);
    pool.setMaxIdle(3);
    assertThat(Figures.bookOf(pool).idleLimit()).isEqualTo(3);
  }

  private void abandonAtOnce() {
    AbandonedConfig config = new AbandonedConfig();
    config.setRemoveAbandonedOnBorrow(true);
    config.setRemoveAbandonedOnMaintenance(true);
    config.setRemoveAbandonedTimeout(0);
    pool.setAbandonedConfig(config);
    pool.setMaxTotal(2);
  }

  @Law
  public void abandonedLoanIsRemovedByTheNextBorrowAndItsLateReturnRejected() throws Exception {
    abandonAtOnce();
    Toy forgotten = borrow();
    Thread.sleep(20);
    borrow();
    // From 2.13 on the pool refills itself within the borrow, which is then served from idle.
    String borrows = refills() ? "hit 1, miss 1" : "miss 2";
    expect(borrows + ", removed abandoned 1, used 1");
    giveBack(forgotten);
    expect(borrows + ", rejected 1, removed abandoned 1, used 1");
  }

  @Law
  public void abandonedLoanIsRemovedByTheEvictor() throws Exception {
    abandonAtOnce();
    borrow();
    Thread.sleep(20);
    pool.evict();
    expect("miss 1, removed abandoned 1" + (refills() ? ", idle 1" : ""));
    pool.setAbandonedConfig(new AbandonedConfig());
    invalidate(borrow());
    String borrows = refills() ? "hit 1, miss 1" : "miss 2";
    expect(
        borrows + ", removed invalidated 1, removed abandoned 1" + (refills() ? ", idle 1" : ""));
  }

  @Law
  public void removalOfWhatABorrowDiedOfIsNoRaceWithThatBorrow() throws Exception {
    Wards.guard(100);
    try {
      abandonAtOnce();
      giveBack(borrow());
      factory.diesOfActivation = true;
      assertThatThrownBy(this::borrow).isInstanceOf(StackOverflowError.class);
      factory.diesOfActivation = false;
      Thread.sleep(20);
      pool.evict();
    } finally {
      Wards.guard(0);
    }
    expect("miss 1, error 1, pooled 1, removed abandoned 1" + (refills() ? ", idle 1" : ""));
    assertThat(Figures.tally(pool).violations()).isZero();
  }

  @Law(before = "2.2")
  public void secondReturnIsTakenWhereTheLibraryTakesIt() throws Exception {
    abandonAtOnce();
    Toy toy = borrow();
    giveBack(toy);
    giveBack(toy);
    expect("miss 1, pooled 2, idle 1");
    assertThat(Figures.tally(pool).violations(ViolationKind.DOUBLE_RETURN)).isEqualTo(1);
    clear();
    expect("miss 1, pooled 2, removed cleared 1");
    pool.addObject();
    expect("miss 1, pooled 2, removed cleared 1, idle 1");
    returnsTwice = true;
  }

  /** Its record is idle twice, and lent by the first of the two alone. */
  @Law(before = "2.2", ofObjects = true)
  public void objectThatWasTakenBackTwiceIsLentToOneAndStillGuarded() throws Exception {
    returnsTwice = true;
    pool.setAbandonedConfig(new AbandonedConfig());
    Wards.guard(100);
    try {
      Toy toy = borrow();
      giveBack(toy);
      giveBack(toy);
      assertThat(borrow()).isSameAs(toy);
      assertThat(borrow()).isNotSameAs(toy);
      toy.play();
      giveBack(toy);
      toy.play();
    } finally {
      Wards.guard(0);
    }
    assertThat(Figures.tally(pool).violations(ViolationKind.DOUBLE_RETURN)).isEqualTo(1);
    assertThat(Figures.tally(pool).violations(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
    assertThat(Figures.tally(pool).violations()).isEqualTo(2);
  }

  private boolean returnsTwice;

  @Override
  public void settle() {
    if (!returnsTwice) { // the library counts such an object idle twice and destroys it twice
      super.settle();
    }
  }

  @Law
  public void erodingPoolReturnsByDiscarding() throws Exception {
    add();
    add();
    ObjectPool<Toy> eroding = PoolUtils.erodingPool(pool, 1e-9f);
    Toy toy = eroding.borrowObject();
    Thread.sleep(20);
    eroding.returnObject(toy);
    expect("hit 1, discarded 1, removed evicted 1, idle " + (refills() ? 2 : 1));
    invalidate(borrow());
    expect(
        "hit 2, discarded 1, removed evicted 1, removed invalidated 1"
            + (refills() ? ", idle 2" : ""));
    returnsMiscounted = -1; // to the library that return was an invalidation
  }

  @Law
  public void erodingPoolRejectsAStranger() throws Exception {
    add();
    ObjectPool<Toy> eroding = PoolUtils.erodingPool(pool, 1e-9f);
    Thread.sleep(20);
    eroding.returnObject(new Toy());
    expect("rejected 1, idle 1");
  }

  @Law
  public void synchronizedPoolIsCountedOnce() throws Exception {
    ObjectPool<Toy> wrapped = PoolUtils.synchronizedPool(pool);
    wrapped.returnObject(wrapped.borrowObject());
    expect("miss 1, pooled 1, idle 1");
  }

  @Law
  public void proxiedPoolIsCountedOnceUnderneathItsProxies() throws Exception {
    @SuppressWarnings({"unchecked", "rawtypes"})
    ObjectPool<Object> wrapped = new ProxiedObjectPool<>((ObjectPool) pool, Proxies.source());
    Object proxy = wrapped.borrowObject();
    assertThat(proxy).isNotInstanceOf(Toy.class);
    expect("miss 1, used 1");
    wrapped.returnObject(proxy);
    expect("miss 1, pooled 1, idle 1");
    wrapped.invalidateObject(wrapped.borrowObject());
    expect("hit 1, miss 1, pooled 1, removed invalidated 1" + (refills() ? ", idle 1" : ""));
  }
}
