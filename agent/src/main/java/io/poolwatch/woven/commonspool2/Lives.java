package io.poolwatch.woven.commonspool2;

import io.poolwatch.book.Life;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link Life} of a {@code PooledObject}: in the field that weaving gave to {@code
 * DefaultPooledObject}, or, for a factory's own implementation of the interface, in a table.
 */
final class Lives {
  private static final ForeignLives FOREIGN = new ForeignLives();

  private Lives() {}

  /**
   * The present life of a pooled object.
   *
   * @param pooled the library's record of the object
   * @param woven what the woven field holds, or null if it has none
   */
  static Life of(Object pooled, @Nullable Object woven) {
    return woven == null ? FOREIGN.of(pooled) : ((Life) woven).current();
  }

  /** The present life of a pooled object that has no woven field; null if none was asked for. */
  static @Nullable Life known(Object pooled) {
    return FOREIGN.known(pooled);
  }

  /** The life that begins now that a factory handed the object out as a new one. */
  static Life made(Object pooled, @Nullable Object woven) {
    return woven == null ? FOREIGN.made(pooled) : ((Life) woven).renewed();
  }
}
