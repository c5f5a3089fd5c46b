package example.quarantine;

import io.netty.util.Recycler;

/** A Recycler without type parameters, so that it runs on all releases. */
final class Letters extends Recycler {
  @Override
  protected Object newObject(Recycler.Handle handle) {
    return new Letter(handle);
  }

  /** What is pooled. */
  static final class Letter {
    private final Recycler.Handle handle;
    private int uses;

    Letter(Recycler.Handle handle) {
      this.handle = handle;
    }

    void use() {
      uses++;
    }

    @SuppressWarnings("unchecked")
    void recycle() {
      handle.recycle(this);
    }
  }
}
