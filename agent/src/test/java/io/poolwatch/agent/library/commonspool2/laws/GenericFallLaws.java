package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.commonspool2.Law;
import java.util.List;
import org.apache.commons.pool2.impl.AbandonedConfig;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** The same of pools without keys. */
public class GenericFallLaws extends FallLaws {
  private final GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);

  /** Of a pool that keeps all it has. */
  public GenericFallLaws() {
    super(40, 5);
    lendAnyNumber();
    keepIdle(1_000);
  }

  @Override
  BaseGenericObjectPool<Toy> pool() {
    return pool;
  }

  @Override
  Toy lend() throws Exception {
    return pool.borrowObject();
  }

  @Override
  void giveBack(Toy toy) {
    pool.returnObject(toy);
  }

  @Override
  void keepIdle(int most) {
    pool.setMaxIdle(most);
  }

  @Override
  final void lendAnyNumber() {
    pool.setMaxTotal(-1);
  }

  @Override
  void clear() {
    pool.clear();
  }

  @Override
  void evict() throws Exception {
    pool.evict();
  }

  @Law
  public void noRoomAtAllIsDisabled() throws Throwable {
    rig.usually(this::bursts);
    keepIdle(0);
    assertThat(rig.fallsFor(this::bursts)).isEqualTo("disabled");
  }

  @Law
  public void failedTestsOnReturnAreInvalid() throws Throwable {
    pool.setTestOnReturn(true);
    expect(
        "invalid",
        number -> {
          List<Toy> lent = borrow();
          factory.valid = false;
          giveBack(lent.remove(0));
          factory.valid = true;
          giveBack(lent);
        });
  }

  // From 2.13 on the pool makes new ones by itself.
  @Law(before = "2.13")
  public void invalidatedObjectsAreInvalid() throws Throwable {
    expect(
        "invalid",
        number -> {
          List<Toy> lent = borrow();
          pool.invalidateObject(lent.remove(0));
          giveBack(lent);
        });
  }

  @Law(before = "2.13")
  public void objectsThatAreTakenFromTheirBorrowersAreAbandoned() throws Throwable {
    AbandonedConfig config = new AbandonedConfig();
    config.setRemoveAbandonedOnMaintenance(true);
    config.setRemoveAbandonedTimeout(0);
    pool.setAbandonedConfig(config);
    expect(
        "abandoned",
        number -> {
          List<Toy> lent = borrow();
          Toy kept = lent.remove(0);
          giveBack(lent);
          if (number % 2 == 0) {
            Thread.sleep(2);
            pool.evict();
          }
          assertThat(kept).isNotNull();
        });
  }
}
