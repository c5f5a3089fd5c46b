package io.poolwatch.gc;

import io.poolwatch.memory.Memory;
import java.lang.reflect.Array;

/** Which arrays a collector allocates in the old generation at once. Immutable. */
public final class OldArrays {
  /** None. */
  public static final OldArrays NONE = new OldArrays(Long.MAX_VALUE, 0, 1, 8, false);

  /** More than any header of an array has. */
  private static final long HEADER = 32;

  private final long fixed;
  private final long edenAddress;
  private final int partOfEden;
  private final long alignment;
  private final boolean freedYoung;

  private OldArrays(
      long fixed, long edenAddress, int partOfEden, long alignment, boolean freedYoung) {
    this.fixed = fixed;
    this.edenAddress = edenAddress;
    this.partOfEden = partOfEden;
    this.alignment = alignment;
    this.freedYoung = freedYoung;
  }

  /**
   * Arrays of at least so many bytes, header included.
   *
   * @param alignment to how many bytes this JVM rounds sizes up
   */
  public static OldArrays ofBytes(long bytes, long alignment) {
    return new OldArrays(bytes, 0, 1, alignment, false);
  }

  /**
   * Arrays of at least a part of eden, whatever size that has at the time.
   *
   * @param capacity the address at which the JVM tells the size of eden in bytes
   * @param part 2 for half of it
   * @param alignment to how many bytes this JVM rounds sizes up
   */
  public static OldArrays ofEden(long capacity, int part, long alignment) {
    return new OldArrays(0, capacity, part, alignment, false);
  }

  /** The same, where young collections free those of them that hold no references, as on G1. */
  public OldArrays freedYoung() {
    return new OldArrays(fixed, edenAddress, partOfEden, alignment, true);
  }

  boolean areFreedYoung() {
    return freedYoung;
  }

  boolean contain(Object array) {
    try {
      long bound = edenAddress == 0 ? fixed : Memory.getLong(edenAddress) / partOfEden;
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
