package io.poolwatch.book;

import org.jspecify.annotations.Nullable;

/** Makes the name of a pool, once, before it is first exported. */
public interface PoolNamer {
  /**
   * Names a pool.
   *
   * @param system the library it belongs to
   * @param facts what is known of it
   * @return the name, or null if this pool is not to be reported at all
   */
  @Nullable String name(PoolSystem system, PoolFacts facts);
}
