package io.poolwatch.agent.library.commonspool2.laws;

import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/** The same of soft pools, which test each object. */
public class SoftCauseLaws extends CauseLaws {
  private final SoftReferenceObjectPool<Toy> pool = new SoftReferenceObjectPool<>(factory);

  /** Of a soft pool. */
  public SoftCauseLaws() {}

  @Override
  Object pool() {
    return pool;
  }

  @Override
  Toy borrow() throws Exception {
    return pool.borrowObject();
  }

  @Override
  void giveBack(Toy toy) throws Exception {
    pool.returnObject(toy);
  }

  @Override
  void clear() {
    pool.clear();
  }

  @Override
  void validateOnBorrow() {}
}
