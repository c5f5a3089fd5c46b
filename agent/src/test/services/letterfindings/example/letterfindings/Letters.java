package example.letterfindings;

import io.netty.util.Recycler;

/** A Recycler of letters. */
final class Letters extends Recycler {
  @Override
  protected Object newObject(Recycler.Handle handle) {
    return new Letter(handle);
  }

  Letter take() {
    return (Letter) get();
  }

  void giveBack(Letter letter) {
    recycle(letter, letter.handle);
  }

  /** What is recycled. */
  static final class Letter {
    final Recycler.Handle handle;
    StringBuilder text = new StringBuilder();
    String sender;
    long number;

    Letter(Recycler.Handle handle) {
      this.handle = handle;
    }
  }
}
