package example.oddclasses;

import io.netty.util.Recycler;

/** Final, and recycled. */
final class FinalLetter implements Letter {
  private final Recycler.Handle<Letter> handle;
  private int count;

  FinalLetter(Recycler.Handle<Letter> handle) {
    this.handle = handle;
  }

  @Override
  public int work(int by) {
    return count += by;
  }

  @Override
  public void done() {
    handle.recycle(this);
  }
}
