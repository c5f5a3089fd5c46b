package io.poolwatch.woven.threadlocal;

import org.jspecify.annotations.Nullable;

/**
 * The hook of the experiment, which by default is not woven: while it has its turn, a get makes an
 * object and a put lets it go. The pool counts both itself. Thread-safe.
 */
public final class UnpooledHooks {
  private UnpooledHooks() {}

  /** Whether a get is to be served by plain creation, and a put to keep nothing, as an int. */
  public static int isDue(@Nullable ThreadLocalBook book) {
    return book != null && book.isUnpooled() ? 1 : 0;
  }
}
