package example.lettersmisuse;

import io.netty.util.Recycler;

/** The pool. Without type parameters, so that it runs on all releases. */
final class Letters extends Recycler {
  @Override
  protected Object newObject(Recycler.Handle handle) {
    return new Letter(handle);
  }

  /** What is pooled. */
  static final class Letter {
    final Recycler.Handle handle;

    Letter(Recycler.Handle handle) {
      this.handle = handle;
    }
  }
}
