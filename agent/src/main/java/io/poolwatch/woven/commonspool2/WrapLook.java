package io.poolwatch.woven.commonspool2;

import java.lang.invoke.MethodHandles;

/** Looks at {@code wrap} of factories, by what the agent has to read class files with. */
public interface WrapLook {
  /**
   * Whether a factory's {@code wrap} does nothing but make a record of the library's own, as nearly
   * every one does: then nobody misses it. For the agent's thread; some milliseconds.
   *
   * @param lookup with all access to the factory's class
   * @param record the library's interface of records
   * @param made the library's own class of records
   * @return false also where that cannot be told
   */
  boolean isPlain(MethodHandles.Lookup lookup, Class<?> factory, Class<?> record, Class<?> made);
}
