package example.letters;

import io.netty.util.Recycler;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The pool, which counts what its factory does. Without type parameters: so it is compiled against
 * the oldest release and runs on all.
 */
final class LetterPool extends Recycler {
  private static final Object NOOP = noopHandle();
  private static final int FAILS_ONCE_IN = 500;

  final AtomicLong calls = new AtomicLong();
  final AtomicLong made = new AtomicLong();
  final AtomicLong failed = new AtomicLong();

  private static Object noopHandle() {
    try {
      Field field = Recycler.class.getDeclaredField("NOOP_HANDLE");
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException unknown) {
      throw new ExceptionInInitializerError(unknown);
    }
  }

  @Override
  protected Object newObject(Recycler.Handle handle) {
    if (calls.incrementAndGet() % FAILS_ONCE_IN == 0) {
      failed.incrementAndGet();
      throw new UnsupportedOperationException("planted");
    }
    made.incrementAndGet();
    return new Letter(handle);
  }

  /** Whether the library will ever take it back. */
  static boolean isPooled(Letter letter) {
    return letter.handle != NOOP;
  }

  /** How many idle objects the library itself says the present thread has. */
  int idleOfThread() throws ReflectiveOperationException {
    Method size = Recycler.class.getDeclaredMethod("threadLocalSize");
    size.setAccessible(true);
    return (int) size.invoke(this);
  }
}
