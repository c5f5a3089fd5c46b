package example.unguarded;

import io.netty.util.Recycler;

/** The pool: its objects share one handle, and each thread has its own. */
final class Letters extends Recycler<Letters.Letter> {
  Letters() {
    super(true);
  }

  @Override
  protected Letter newObject(Recycler.Handle<Letter> handle) {
    return new Letter(handle);
  }

  /** What is pooled. */
  static final class Letter {
    private final Recycler.Handle<Letter> handle;
    private int uses;

    Letter(Recycler.Handle<Letter> handle) {
      this.handle = handle;
    }

    void use() {
      uses++;
    }

    void giveBack() {
      handle.recycle(this);
    }
  }
}
