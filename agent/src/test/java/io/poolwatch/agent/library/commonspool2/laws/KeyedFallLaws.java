package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.commonspool2.Law;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;

/**
 * The same of pools with keys, other keys of which have idle objects all the time: only what comes
 * from the keys may be called fragmentation.
 */
public class KeyedFallLaws extends FallLaws {
  private final GenericKeyedObjectPool<String, Toy> pool = new GenericKeyedObjectPool<>(factory);
  private String key = "key";
  private int calls;

  /** Of a pool with idle objects under another key. */
  public KeyedFallLaws() throws Exception {
    super(50, 4);
    pool.setMaxTotal(60);
    pool.setMaxTotalPerKey(30);
    keepIdle(30);
    for (int i = 0; i < 6; i++) {
      pool.addObject("beside");
    }
  }

  @Override
  BaseGenericObjectPool<Toy> pool() {
    return pool;
  }

  @Override
  Toy lend() throws Exception {
    return pool.borrowObject(key);
  }

  @Override
  void giveBack(Toy toy) {
    pool.returnObject(key, toy);
  }

  @Override
  final void keepIdle(int most) {
    pool.setMaxIdlePerKey(most);
  }

  @Override
  void lendAnyNumber() {
    pool.setMaxTotal(-1);
    pool.setMaxTotalPerKey(-1);
  }

  @Override
  void clear() {
    pool.clear(key);
  }

  @Override
  void evict() throws Exception {
    pool.evict();
    pool.addObject("beside");
  }

  @Law
  public void pushedParametersInTheKeyAreFragmentation() throws Throwable {
    expect(
        "fragmented",
        number -> {
          if (number % 5 == 0) {
            key = "parameters " + calls++;
          }
          giveBack(borrow());
        });
    assertThat(rig.text())
        .containsPattern(
            "\n  key fragmentation: distinct keys ×10\\.\\d since \\d\\d:\\d\\d:\\d\\d");
  }

  @Law
  public void callersInTheKeyAreFragmentation() throws Throwable {
    pool.setMaxTotal(20);
    expect(
        "fragmented",
        number -> {
          key = number % 5 == 0 ? "caller " + calls++ % 40 : "key";
          giveBack(borrow());
        });
  }
}
