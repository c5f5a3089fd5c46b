package example.lettersguard;

import io.netty.util.Recycler;

/** Has its handle in a superclass, where it does not see it. */
final class Postcard extends Letter {
  private int stamps;

  Postcard(Letters pool, Recycler.Handle handle) {
    super(pool, handle);
  }

  synchronized int stamp(int more) {
    stamps += more;
    return stamps;
  }
}
