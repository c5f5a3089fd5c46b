package io.poolwatch.benchmarks.copies.pair;

import io.poolwatch.benchmarks.copies.Work;
import io.poolwatch.pool.ThreadLocalPool;

/** One bundled thread-local pool with its default settings. */
public final class BundledWork implements Work {
  private final ThreadLocalPool<Item> pool = ThreadLocalPool.of(Item::new);

  @Override
  public void pairs(int many) {
    for (int i = 0; i < many; i++) {
      Item item = pool.get();
      item.uses++;
      pool.put(item);
    }
  }

  /** What is pooled. */
  static final class Item {
    int uses;
  }
}
