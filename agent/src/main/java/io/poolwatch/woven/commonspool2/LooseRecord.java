package io.poolwatch.woven.commonspool2;

import org.jspecify.annotations.Nullable;

/**
 * What the library's own record of an object implements where an experiment is asked for. While its
 * object is lent past the pool it refers to the {@linkplain UnpooledLoan loan}, which refers to the
 * object weakly; what it says of its object it says all the same.
 */
public interface LooseRecord {
  /** Has the record refer to this: the object, or its loan. */
  void poolwatch$hold(@Nullable Object object);
}
