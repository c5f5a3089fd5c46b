package io.poolwatch.gc;

import io.poolwatch.memory.Memory;
import java.lang.reflect.Array;

/** Which arrays a collector allocates in the old generation at once. Immutable. */
public final class OldArrays {
  /** None. */
  public static final OldArrays NONE = new OldArrays(Long.MAX_VALUE, 0, 8);

  /** More than any header of an array has. */
  private static final long HEADER = 32;

  private final long fixed;
  private final long edenAddress;
  private final long alignment;

  private OldArrays(long fixed, long edenAddress, long alignment) {
    this.fixed = fixed;
    this.edenAddress = edenAddress;
    this.alignment = alignment;
  }

  /**
   * Arrays of at least so many bytes, header included.
   *
   * @param alignment to how many bytes this JVM rounds sizes up
   */
  public static OldArrays ofBytes(long bytes, long alignment) {
    return new OldArrays(bytes, 0, alignment);
  }

  /**
   * Arrays of at least half of eden.
   *
   * @param capacity the address at which the JVM tells the size of eden in bytes
   * @param alignment to how many bytes this JVM rounds sizes up
   */
  public static OldArrays ofHalfEden(long capacity, long alignment) {
    return new OldArrays(0, capacity, alignment);
  }

  boolean contain(Object array) {
    try {
      long bound = edenAddress == 0 ? fixed : Memory.getLong(edenAddress) / 2;
      int length = Array.getLength(array);
      // Most arrays are far too small, whatever they are of.
      return length * 8L + HEADER >= bound && size(array.getClass(), length) >= bound;
    } catch (Throwable closed) {
      return false;
    }
  }

  private long size(Class<?> type, int length) throws Throwable {
    long exact = Memory.arrayBase(type) + length * Memory.arrayScale(type);
    return (exact + alignment - 1) / alignment * alignment;
  }
}
