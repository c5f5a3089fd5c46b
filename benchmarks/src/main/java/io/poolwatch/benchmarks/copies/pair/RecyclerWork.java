package io.poolwatch.benchmarks.copies.pair;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.poolwatch.benchmarks.copies.Work;

/** One Recycler of Netty's with its default settings, on Netty's own threads. */
public final class RecyclerWork implements Work {
  private final Recycler<Item> recycler =
      new Recycler<Item>() {
        @Override
        protected Item newObject(Handle<Item> handle) {
          return new Item(handle);
        }
      };

  @Override
  public void pairs(int many) {
    for (int i = 0; i < many; i++) {
      Item item = recycler.get();
      item.uses++;
      item.handle.recycle(item);
    }
  }

  @Override
  public Thread thread(Runnable task) {
    return new FastThreadLocalThread(task);
  }

  /** What is pooled. */
  static final class Item {
    final Recycler.Handle<Item> handle;
    int uses;

    Item(Recycler.Handle<Item> handle) {
      this.handle = handle;
    }
  }
}
