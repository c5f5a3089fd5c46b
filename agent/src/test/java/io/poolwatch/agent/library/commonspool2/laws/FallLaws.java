package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.collapse.FallRig;
import io.poolwatch.agent.library.commonspool2.Law;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;

/**
 * What a collapse is said to come from, of a pool that lends a few objects at once, many times a
 * tick.
 */
public abstract class FallLaws {
  final FallRig rig = FallRig.create();
  final ToyFactory factory = new ToyFactory();
  final int bursts;
  private final int burst;

  /**
   * The laws of a pool.
   *
   * @param bursts how many there are in a tick
   * @param burst how many objects each lends at once
   */
  FallLaws(int bursts, int burst) {
    this.bursts = bursts;
    this.burst = burst;
  }

  abstract BaseGenericObjectPool<Toy> pool();

  abstract Toy lend() throws Exception;

  abstract void giveBack(Toy toy);

  abstract void keepIdle(int most);

  abstract void lendAnyNumber();

  abstract void clear();

  /** Evicts what is lent here, if that has lain idle for long enough, and nothing else. */
  abstract void evict() throws Exception;

  /** Nothing is left to compare. */
  public final void settle() {}

  final void bursts() throws Exception {
    bursts(bursts);
  }

  final void bursts(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      giveBack(borrow());
    }
  }

  final List<Toy> borrow() throws Exception {
    List<Toy> lent = new ArrayList<>();
    for (int i = 0; i < burst; i++) {
      lent.add(lend());
    }
    return lent;
  }

  final void giveBack(List<Toy> lent) {
    lent.forEach(this::giveBack);
  }

  /** One of a tick's bursts, counted from 0. */
  interface Burst {
    void run(int number) throws Exception;
  }

  /** After usual ticks come some of such bursts. */
  final void expect(String cause, Burst bad) throws Throwable {
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int number = 0; number < bursts; number++) {
                    bad.run(number);
                  }
                }))
        .isEqualTo(cause);
  }

  @Law
  public void lessRoomIsCapacity() throws Throwable {
    rig.usually(this::bursts);
    keepIdle(3);
    assertThat(rig.fallsFor(this::bursts)).isEqualTo("capacity");
  }

  @Law
  public void failedTestsOnBorrowAreInvalid() throws Throwable {
    pool().setTestOnBorrow(true);
    factory.whileMaking = () -> factory.valid = true;
    expect(
        "invalid",
        number -> {
          factory.valid = number % 2 == 0;
          giveBack(borrow());
        });
  }

  @Law
  public void anEvictorThatTakesAllIsEvicted() throws Throwable {
    pool().setNumTestsPerEvictionRun(60);
    rig.usually(this::bursts);
    pool().setMinEvictableIdleTimeMillis(1);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int round = 0; round < 5; round++) {
                    bursts(bursts / 5);
                    Thread.sleep(2);
                    evict();
                  }
                }))
        .isEqualTo("evicted");
  }

  @Law
  public void whatIsEmptiedIsCleared() throws Throwable {
    expect(
        "cleared",
        number -> {
          giveBack(borrow());
          if (number % 4 == 0) {
            clear();
          }
        });
  }

  @Law
  public void objectsThatNobodyGivesBackAreCold() throws Throwable {
    lendAnyNumber();
    expect(
        "cold",
        number -> {
          List<Toy> lent = borrow();
          lent.remove(0);
          giveBack(lent);
        });
  }
}
