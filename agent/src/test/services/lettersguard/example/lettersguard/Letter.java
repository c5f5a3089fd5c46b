package example.lettersguard;

import io.netty.util.Recycler;

/** Has its handle, and gives itself back. */
class Letter extends Paper {
  private final Letters pool;
  private final Recycler.Handle handle;
  private boolean sealed;

  Letter(Letters pool, Recycler.Handle handle) {
    this.pool = pool;
    this.handle = handle;
  }

  int read() {
    return words;
  }

  boolean isSealed() {
    return sealed;
  }

  /** Goes on for a while after it gave itself back. */
  @Override
  void giveBack() {
    words = 0;
    pool.recycle(this, handle);
    read();
  }

  Runnable later() {
    return () -> write(1);
  }

  @Override
  public String toString() {
    return "letter of " + read();
  }
}
