package example.touchy;

import io.netty.util.Recycler;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes each call of what nobody but its service is to call. */
final class Touchy {
  static final AtomicInteger CALLS = new AtomicInteger();

  final Recycler.Handle<Touchy> handle;
  int uses;

  Touchy(Recycler.Handle<Touchy> handle) {
    this.handle = handle;
  }

  int use() {
    return uses;
  }

  void giveBack() {
    handle.recycle(this);
  }

  private static IllegalStateException called(String what) {
    CALLS.incrementAndGet();
    IllegalStateException called = new IllegalStateException(what);
    called.printStackTrace();
    return called;
  }

  @Override
  public boolean equals(Object other) {
    throw called("equals");
  }

  @Override
  public int hashCode() {
    throw called("hashCode");
  }

  @Override
  public String toString() {
    throw called("toString");
  }

  @Override
  @SuppressWarnings({"deprecation", "removal"})
  protected void finalize() {
    if (!Thread.currentThread().getName().equals("Finalizer")) {
      throw called("finalize");
    }
  }
}
