package io.poolwatch.fingerprint;

import io.poolwatch.memory.Memory;
import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What counts as an object's content: its fields, or its elements, or, for a byte buffer, what it
 * holds up to its capacity, its position and its limit. One level deeper only: arrays of numbers
 * and byte buffers on the heap that a field is declared to hold. All other references count by the
 * identity of what they refer to.
 *
 * <p>Direct memory is read through the buffer that is pooled, which knows whether it may be read,
 * and never through a field, whose owner may have freed it. Of mapped files nothing is read: others
 * may write them.
 *
 * <p>Of much content both ends are read, and pieces in between that a seed chooses: over time, all.
 */
final class Content {
  /** As many bytes as are read as a whole. */
  static final int WHOLE = 4096;

  /** Bytes at each end of more, and the size and number of the pieces in between. */
  private static final int END = 512;

  private static final int PIECE = 64;
  private static final int PIECES = 48;

  /** Elements of an array of references that are read as a whole; each one costs more. */
  private static final int WHOLE_REFERENCES = 128;

  private Content() {}

  /** Adds the content of an object; false if it cannot be read. */
  static boolean add(Object object, long seed, Digest digest) throws Throwable {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      if (object instanceof Object[]) {
        references((Object[]) object, seed, digest);
      } else {
        numbers(object, seed, digest);
      }
      return true;
    }
    if (object instanceof ByteBuffer) {
      buffer((ByteBuffer) object, seed, digest);
      return true;
    }
    Layout layout = Layout.of(type);
    long[] offsets = layout.offsets;
    if (offsets == null) {
      return false;
    }
    for (int i = 0; i < offsets.length; i++) {
      field(object, offsets[i], layout.kinds[i], seed, digest);
    }
    return true;
  }

  private static void field(Object object, long offset, int kind, long seed, Digest digest)
      throws Throwable {
    switch (kind) {
      case Layout.EIGHT:
        digest.add(Memory.getLong(object, offset));
        break;
      case Layout.FOUR:
        digest.add(Memory.getInt(object, offset));
        break;
      case Layout.TWO:
        digest.add(Memory.getShort(object, offset));
        break;
      case Layout.ONE:
        digest.add(Memory.getByte(object, offset));
        break;
      default:
        Object value = Memory.getReference(object, offset);
        digest.add(System.identityHashCode(value));
        if (value != null && kind == Layout.NUMBERS) {
          numbers(value, seed, digest);
        } else if (value != null && kind == Layout.BUFFER && !((ByteBuffer) value).isDirect()) {
          buffer((ByteBuffer) value, seed, digest);
        }
    }
  }

  private static void references(@Nullable Object[] array, long seed, Digest digest) {
    digest.add(array.length);
    int step = 1 + (array.length - 1) / WHOLE_REFERENCES;
    int first = step == 1 ? 0 : (int) Long.remainderUnsigned(seed, step);
    for (int i = first; i < array.length; i += step) {
      digest.add(System.identityHashCode(array[i]));
    }
  }

  private static void numbers(Object array, long seed, Digest digest) throws Throwable {
    Class<?> type = array.getClass();
    long base = Memory.arrayBase(type);
    long bytes = java.lang.reflect.Array.getLength(array) * Memory.arrayScale(type);
    digest.add(bytes);
    if (bytes <= WHOLE) {
      bytes(array, base, bytes, digest);
      return;
    }
    bytes(array, base, END, digest);
    long middle = bytes - 2 * END;
    for (int i = 0; i < PIECES; i++) {
      bytes(array, base + END + piece(middle, i, seed), PIECE, digest);
    }
    bytes(array, base + bytes - END, END, digest);
  }

  private static void bytes(Object array, long from, long count, Digest digest) throws Throwable {
    long at = from;
    long end = from + count;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      digest.add(Memory.getLong(array, at));
    }
    for (; at < end; at++) {
      digest.add(Memory.getByte(array, at));
    }
  }

  private static void buffer(ByteBuffer given, long seed, Digest digest) throws Throwable {
    digest.add(((long) given.position() << Integer.SIZE) | given.limit());
    if (given instanceof MappedByteBuffer && Mapped.isFile(given)) {
      return;
    }
    ByteBuffer buffer = given.duplicate();
    buffer.clear();
    int bytes = buffer.capacity();
    digest.add(bytes);
    if (bytes <= WHOLE) {
      bytes(buffer, 0, bytes, digest);
      return;
    }
    bytes(buffer, 0, END, digest);
    int middle = bytes - 2 * END;
    for (int i = 0; i < PIECES; i++) {
      bytes(buffer, END + (int) piece(middle, i, seed), PIECE, digest);
    }
    bytes(buffer, bytes - END, END, digest);
  }

  private static void bytes(ByteBuffer buffer, int from, int count, Digest digest) {
    int at = from;
    int end = from + count;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      digest.add(buffer.getLong(at));
    }
    for (; at < end; at++) {
      digest.add(buffer.get(at));
    }
  }

  /**
   * Where a piece begins: they lie evenly in what is between the ends, and the seed moves them all.
   */
  static long piece(long middle, int index, long seed) {
    long places = 1 + (middle - 1) / PIECE;
    long place = Long.remainderUnsigned(seed, places) + index * places / PIECES;
    return Math.min((place % places) * PIECE, middle - PIECE);
  }

  /** Tells direct buffers from those that are files, which other processes may write. */
  private static final class Mapped {
    private static final long FILE = offset();

    static boolean isFile(ByteBuffer buffer) throws Throwable {
      return FILE < 0 || Memory.getReference(buffer, FILE) != null;
    }

    private static long offset() {
      try {
        for (Field field : MappedByteBuffer.class.getDeclaredFields()) {
          if (field.getType() == FileDescriptor.class) {
            return Memory.offset(field);
          }
        }
      } catch (Throwable unknown) {
        // As if none was found.
      }
      return -1;
    }
  }
}
