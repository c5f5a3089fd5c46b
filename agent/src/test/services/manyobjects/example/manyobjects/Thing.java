package example.manyobjects;

import io.netty.util.Recycler;

/** What is pooled, in any pool. */
final class Thing {
  final Recycler.Handle<Thing> handle;
  private int uses;

  Thing(Recycler.Handle<Thing> handle) {
    this.handle = handle;
  }

  void use() {
    uses++;
  }
}
