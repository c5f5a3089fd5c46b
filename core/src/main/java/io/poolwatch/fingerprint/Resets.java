package io.poolwatch.fingerprint;

import io.poolwatch.book.Companion;
import io.poolwatch.book.PoolBook;
import io.poolwatch.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Looks, in the pools that are said to reset their objects, whether they come back so. Whoever
 * tells of a return has the object to itself. Nothing in here throws. Thread-safe.
 */
public final class Resets {
  private Resets() {}

  /** Watches a pool from now on; {@link Memory#open} must have been called before, or it is not. */
  public static void watch(PoolBook book) {
    if (Memory.isOpen()) {
      book.resets(new Pending(book));
    }
  }

  /**
   * A pool is about to keep an object that was given back.
   *
   * @param watch what {@link PoolBook#resets} gave
   */
  public static void returned(Companion watch, @Nullable Object object) {
    if (object == null) {
      return;
    }
    try {
      if (watch instanceof ResetWatch) {
        ((ResetWatch) watch).returned(object);
      } else if (watch instanceof Pending) {
        ((Pending) watch).begin(object);
      }
    } catch (Throwable unreadable) {
      // Memory that cannot be read, or a class that cannot be asked: nothing is said of it.
    }
  }

  /** How clean a pool's objects come back; null if that is not known, or not yet. */
  public static @Nullable ResetReading of(PoolBook book) {
    Companion watch = book.resets();
    return watch instanceof ResetWatch ? ((ResetWatch) watch).reading() : null;
  }

  /** A pool whose first return is awaited. */
  private static final class Pending implements Companion {
    private final PoolBook book;

    Pending(PoolBook book) {
      this.book = book;
    }

    /** Of two threads that begin at a time one begins in vain, and what it saw is lost. */
    void begin(Object first) throws Throwable {
      ReturnWords words = ReturnWords.like(first);
      book.resets(words == null ? Nothing.TO_READ : new ResetWatch(words));
    }
  }

  /** A pool whose objects have nothing that could be reset. */
  private static final class Nothing implements Companion {
    static final Nothing TO_READ = new Nothing();
  }
}
