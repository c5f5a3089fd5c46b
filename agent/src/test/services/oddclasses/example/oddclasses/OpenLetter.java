package example.oddclasses;

import io.netty.util.Recycler;

/** A library generates a subclass of it. */
public class OpenLetter implements Letter {
  private final Recycler.Handle<Letter> handle;
  private int count;

  public OpenLetter(Recycler.Handle<Letter> handle) {
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
