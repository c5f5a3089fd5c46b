package io.poolwatch.woven.threadlocal;

import org.jspecify.annotations.Nullable;

/**
 * The hook of the experiment, which by default is not woven: while it has its turn, a get makes an
 * object and a put lets it go. The pool counts both itself. Thread-safe.
 */
public final class UnpooledHooks {
  private UnpooledHooks() {}

  /**
   * How often a get is to be counted that is served by plain creation, and a put that keeps
   * nothing; 0 if the pool is to do both.
   */
  public static int times(@Nullable ThreadLocalBook book) {
    return book == null ? 0 : book.unpooled();
  }
}
