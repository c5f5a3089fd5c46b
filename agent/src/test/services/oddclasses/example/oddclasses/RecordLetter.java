package example.oddclasses;

import io.netty.util.Recycler;

/** A record, recycled; its handle is a component. */
record RecordLetter(Recycler.Handle<Letter> handle, int count) implements Letter {
  @Override
  public int work(int by) {
    return count + by;
  }

  @Override
  public void done() {
    handle.recycle(this);
  }
}
