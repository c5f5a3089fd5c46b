package io.poolwatch.fingerprint;

import io.poolwatch.book.Companion;
import org.jspecify.annotations.Nullable;

/** The content of one object as it was; never refers to it. Immutable. */
final class Print implements Companion {
  /** In place of the content of an object that is looked at no more. */
  static final Print NEVER = new Print(0, new Digest());

  private final long seed;
  private final long first;
  private final long second;

  private Print(long seed, Digest digest) {
    this.seed = seed;
    first = digest.first();
    second = digest.second();
  }

  /**
   * Takes the content of an object as it is now; null if it cannot be read.
   *
   * @param seed chooses what is read of large content
   */
  static @Nullable Print of(Object object, long seed) throws Throwable {
    Digest digest = new Digest();
    return Content.add(object, seed, digest) ? new Print(seed, digest) : null;
  }

  /** Whether an object has that content still. */
  boolean matches(Object object) throws Throwable {
    Digest digest = new Digest();
    return Content.add(object, seed, digest)
        && digest.first() == first
        && digest.second() == second;
  }
}
