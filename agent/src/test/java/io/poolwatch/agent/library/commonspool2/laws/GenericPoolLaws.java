package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.commonspool2.Law;
import org.apache.commons.pool2.impl.GenericObjectPool;

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
}
