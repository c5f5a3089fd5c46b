package example.oddclasses;

import io.netty.util.Recycler;

/** Its class file is defined once more, as a hidden class. */
public class HiddenLetter implements Letter {
  private final Recycler.Handle<Letter> handle;
  private int count;

  public HiddenLetter(Recycler.Handle<Letter> handle) {
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
