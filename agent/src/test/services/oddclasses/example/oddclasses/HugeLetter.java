package example.oddclasses;

import io.netty.util.Recycler;

/** The test makes {@code work} nearly as long as a method can be. */
class HugeLetter implements Letter {
  private final Recycler.Handle<Letter> handle;
  private int count;

  HugeLetter(Recycler.Handle<Letter> handle) {
    this.handle = handle;
  }

  @Override
  public int work(int by) {
    return count += by;
  }

  int little(int by) {
    return count += by;
  }

  @Override
  public void done() {
    handle.recycle(this);
  }
}
