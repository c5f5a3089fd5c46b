package io.poolwatch.guard;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What a woven method of a pooled class calls first of all. Thread-safe.
 *
 * <p><b>The table.</b> A cell for each of the low bits of the identity hash, a chain of wards in
 * each. A ward is entered when its object is made and stays until the object is collected, so a
 * borrow or a return changes one plain field of it and nothing that is shared; and a call on an
 * object that is lent reads the cell, finds the ward, and sees that it is free.
 *
 * <p><b>Memory order.</b> All fields that are read here are plain. A good call of a method happens
 * after the borrow and before the return, in the borrowing thread or in one that it handed the
 * object to: so it sees what the borrow wrote and cannot see what the return will write. A bad one
 * that races with the borrow or the return may be seen or not.
 */
public final class Guard {
  private static final int CELLS = 1 << 16;

  static final AtomicReferenceArray<@Nullable Ward> TABLE = new AtomicReferenceArray<>(CELLS);

  private Guard() {}

  /** A method of a pooled object begins. */
  public static void use(Object self) {
    int hash = System.identityHashCode(self);
    for (Ward ward = TABLE.getPlain(hash & (CELLS - 1)); ward != null; ward = ward.next) {
      if (ward.hash == hash && ward.state != Ward.FREE) {
        Uses.noticed(self, ward);
      }
    }
  }

  /** Where the chain of an object begins. */
  static int cellOf(int hash) {
    return hash & (CELLS - 1);
  }
}
