package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.collapse.FallRig;
import io.poolwatch.agent.library.commonspool2.Law;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.impl.AbandonedConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** What a collapse of a pool without keys is said to come from. */
public class GenericFallLaws {
  private static final int BURSTS = 40;
  private static final int BURST = 5;

  private final FallRig rig = FallRig.create();
  private final ToyFactory factory = new ToyFactory();
  private final GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);

  /** Of a pool that keeps all it has. */
  public GenericFallLaws() {
    pool.setMaxTotal(-1);
    pool.setMaxIdle(1_000);
  }

  /** Nothing is left to compare. */
  public final void settle() {}

  private void bursts() throws Exception {
    for (int burst = 0; burst < BURSTS; burst++) {
      giveBack(borrow());
    }
  }

  private List<Toy> borrow() throws Exception {
    List<Toy> lent = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      lent.add(pool.borrowObject());
    }
    return lent;
  }

  private void giveBack(List<Toy> lent) {
    for (Toy toy : lent) {
      pool.returnObject(toy);
    }
  }

  @Law
  public void lessRoomIsCapacity() throws Throwable {
    rig.usually(this::bursts);
    pool.setMaxIdle(3);
    assertThat(rig.fallsFor(this::bursts)).isEqualTo("capacity");
  }

  @Law
  public void noRoomAtAllIsDisabled() throws Throwable {
    rig.usually(this::bursts);
    pool.setMaxIdle(0);
    assertThat(rig.fallsFor(this::bursts)).isEqualTo("disabled");
  }

  @Law
  public void failedTestsOnBorrowAreInvalid() throws Throwable {
    pool.setTestOnBorrow(true);
    factory.whileMaking = () -> factory.valid = true;
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    factory.valid = false;
                    giveBack(borrow());
                  }
                }))
        .isEqualTo("invalid");
  }

  @Law
  public void failedTestsOnReturnAreInvalid() throws Throwable {
    pool.setTestOnReturn(true);
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    List<Toy> lent = borrow();
                    factory.valid = false;
                    pool.returnObject(lent.remove(0));
                    factory.valid = true;
                    giveBack(lent);
                  }
                }))
        .isEqualTo("invalid");
  }

  // From 2.13 on the pool makes new ones by itself.
  @Law(before = "2.13")
  public void invalidatedObjectsAreInvalid() throws Throwable {
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    List<Toy> lent = borrow();
                    pool.invalidateObject(lent.remove(0));
                    giveBack(lent);
                  }
                }))
        .isEqualTo("invalid");
  }

  @Law
  public void anEvictorThatTakesAllIsEvicted() throws Throwable {
    pool.setNumTestsPerEvictionRun(20);
    rig.usually(this::bursts);
    pool.setMinEvictableIdleTimeMillis(1);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int round = 0; round < 5; round++) {
                    for (int burst = 0; burst < BURSTS / 5; burst++) {
                      giveBack(borrow());
                    }
                    Thread.sleep(2);
                    pool.evict();
                  }
                }))
        .isEqualTo("evicted");
  }

  @Law
  public void aPoolThatIsEmptiedIsCleared() throws Throwable {
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    giveBack(borrow());
                    if (burst % 4 == 0) {
                      pool.clear();
                    }
                  }
                }))
        .isEqualTo("cleared");
  }

  @Law
  public void objectsThatNobodyGivesBackAreCold() throws Throwable {
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    List<Toy> lent = borrow();
                    lent.remove(0);
                    giveBack(lent);
                  }
                }))
        .isEqualTo("cold");
  }

  @Law(before = "2.13")
  public void objectsThatAreTakenFromTheirBorrowersAreAbandoned() throws Throwable {
    AbandonedConfig config = new AbandonedConfig();
    config.setRemoveAbandonedOnMaintenance(true);
    config.setRemoveAbandonedTimeout(0);
    pool.setAbandonedConfig(config);
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    List<Toy> lent = borrow();
                    Toy kept = lent.remove(0);
                    giveBack(lent);
                    if (burst % 2 == 0) {
                      Thread.sleep(2);
                      pool.evict();
                    }
                    assertThat(kept).isNotNull();
                  }
                }))
        .isEqualTo("abandoned");
  }
}
