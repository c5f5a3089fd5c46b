package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.collapse.FallRig;
import io.poolwatch.agent.library.commonspool2.Law;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;

/**
 * The same of pools with keys, other keys of which have idle objects all the time: only what comes
 * from the keys may be called fragmentation.
 */
public class KeyedFallLaws {
  private static final int BURSTS = 50;
  private static final int BURST = 4;

  private final FallRig rig = FallRig.create();
  private final ToyFactory factory = new ToyFactory();
  private final GenericKeyedObjectPool<String, Toy> pool = new GenericKeyedObjectPool<>(factory);
  private int calls;

  /** Of a pool with idle objects under another key. */
  public KeyedFallLaws() throws Exception {
    pool.setMaxTotal(60);
    pool.setMaxTotalPerKey(30);
    pool.setMaxIdlePerKey(30);
    for (int i = 0; i < 6; i++) {
      pool.addObject("beside");
    }
  }

  /** Nothing is left to compare. */
  public final void settle() {}

  private void bursts() throws Exception {
    bursts(BURSTS, "key");
  }

  private void bursts(int count, String key) throws Exception {
    for (int burst = 0; burst < count; burst++) {
      giveBack(key, borrow(key));
    }
  }

  private List<Toy> borrow(String key) throws Exception {
    List<Toy> lent = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      lent.add(pool.borrowObject(key));
    }
    return lent;
  }

  private void giveBack(String key, List<Toy> lent) {
    for (Toy toy : lent) {
      pool.returnObject(key, toy);
    }
  }

  @Law
  public void pushedParametersInTheKeyAreFragmentation() throws Throwable {
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int push = 0; push < 10; push++) {
                    bursts(BURSTS / 10, "parameters " + calls++);
                  }
                }))
        .isEqualTo("fragmented");
    assertThat(rig.text())
        .containsPattern(
            "\n  key fragmentation: distinct keys ×10\\.\\d since \\d\\d:\\d\\d:\\d\\d");
  }

  @Law
  public void callersInTheKeyAreFragmentation() throws Throwable {
    pool.setMaxTotal(20);
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    String caller = burst % 5 == 0 ? "caller " + calls++ % 40 : "key";
                    giveBack(caller, borrow(caller));
                  }
                }))
        .isEqualTo("fragmented");
  }

  @Law
  public void lessRoomAKeyIsCapacity() throws Throwable {
    rig.usually(this::bursts);
    pool.setMaxIdlePerKey(3);
    assertThat(rig.fallsFor(this::bursts)).isEqualTo("capacity");
  }

  @Law
  public void failedTestsAreInvalid() throws Throwable {
    pool.setTestOnBorrow(true);
    factory.whileMaking = () -> factory.valid = true;
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    factory.valid = burst % 2 == 0;
                    giveBack("key", borrow("key"));
                  }
                }))
        .isEqualTo("invalid");
  }

  @Law
  public void aKeyThatIsEmptiedIsCleared() throws Throwable {
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int round = 0; round < 10; round++) {
                    bursts(BURSTS / 10, "key");
                    pool.clear("key");
                  }
                }))
        .isEqualTo("cleared");
  }

  @Law
  public void anEvictorThatTakesAllIsEvicted() throws Throwable {
    pool.setNumTestsPerEvictionRun(60);
    rig.usually(this::bursts);
    pool.setMinEvictableIdleTimeMillis(1);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int round = 0; round < 5; round++) {
                    bursts(BURSTS / 5, "key");
                    Thread.sleep(2);
                    pool.evict();
                    pool.addObject("beside");
                  }
                }))
        .isEqualTo("evicted");
  }

  @Law
  public void objectsThatNobodyGivesBackAreCold() throws Throwable {
    pool.setMaxTotal(-1);
    pool.setMaxTotalPerKey(-1);
    rig.usually(this::bursts);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int burst = 0; burst < BURSTS; burst++) {
                    List<Toy> lent = borrow("key");
                    lent.remove(0);
                    giveBack("key", lent);
                  }
                }))
        .isEqualTo("cold");
  }
}
