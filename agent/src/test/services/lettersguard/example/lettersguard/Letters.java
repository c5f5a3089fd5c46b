package example.lettersguard;

import io.netty.util.Recycler;

/** The pool. Without type parameters, so that it runs on all releases. */
final class Letters extends Recycler {
  @Override
  protected Object newObject(Recycler.Handle handle) {
    return new Postcard(this, handle);
  }

  Postcard take() {
    return (Postcard) get();
  }
}
