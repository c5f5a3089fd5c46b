package io.poolwatch.guard;

import io.poolwatch.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * What a woven method of a pooled class calls first of all. Thread-safe.
 *
 * <p><b>Tags.</b> Each guarded object has a place of its own in an array: the one that its identity
 * hash names, or, if another object has that, one of the next few. There its tag stands: the hash
 * while the object is somebody's, the hash and a bit while it is idle or destroyed. So a call on an
 * object that is lent reads one number and compares it; and a borrow or a return writes one number
 * plainly, to a place that no other object shares.
 *
 * <p><b>Memory order.</b> A good call of a method happens after the borrow and before the return,
 * in the borrowing thread or in one that it handed the object to: so it sees what the borrow wrote
 * and cannot see what the return will write. A bad one that races with the borrow or the return may
 * be seen or not. The tag is only a reason to look closer; what counts is the book.
 *
 * <p><b>Handles.</b> Objects that hold a {@link PooledHandle} need no tag: their handle is asked.
 */
public final class Guard {
  static final int PLACES = 1 << 17;

  /** Set in the tag of an object whose methods are not to be called. */
  static final int WATCHED = 1 << 31;

  /** In a place that is empty while objects that it named live in one of the next. */
  static final int MOVED = WATCHED;

  static final int[] TAGS = new int[PLACES];

  private Guard() {}

  /** A method of a pooled object begins. */
  public static void use(Object self) {
    int hash = System.identityHashCode(self);
    int tag = TAGS[hash & (TAGS.length - 1)];
    if (tag != hash && tag != 0) {
      Uses.perhaps(self, hash);
    }
  }

  /**
   * A method of an object begins that has its handle in a field.
   *
   * @param offset where that field lies in the object
   */
  public static void use(Object self, long offset) {
    ask(self, offset);
  }

  /**
   * A method of a class begins of which some subclass has its handle in a field.
   *
   * @param holder that subclass
   * @param offset where the field lies in its objects
   */
  public static void use(Object self, Class<?> holder, long offset) {
    if (holder.isInstance(self)) {
      ask(self, offset);
    }
  }

  private static void ask(Object self, long offset) {
    Object handle = handle(self, offset);
    if (handle instanceof PooledHandle && ((PooledHandle) handle).poolwatch$state() != 0) {
      Uses.recycled(self, (PooledHandle) handle);
    }
  }

  private static @Nullable Object handle(Object self, long offset) {
    try {
      return Memory.getReference(self, offset);
    } catch (Throwable unreadable) {
      return null;
    }
  }
}
