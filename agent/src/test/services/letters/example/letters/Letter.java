package example.letters;

import io.netty.util.Recycler;

/** What is pooled. */
final class Letter {
  final Recycler.Handle handle;

  Letter(Recycler.Handle handle) {
    this.handle = handle;
  }
}
