package io.poolwatch.woven.commonspool2;

import io.poolwatch.worth.Beside;
import org.jspecify.annotations.Nullable;

/**
 * What the library's own bases of factories implement once they are woven. A factory that makes its
 * records without them, or whose base was loaded before, knows nothing.
 */
public interface FactoryBase {
  /** What {@code makeObject} allocates between {@code create} and {@code wrap}. */
  @Nullable Beside poolwatch$beside();
}
