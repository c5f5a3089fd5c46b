package io.poolwatch.fingerprint;

import io.poolwatch.book.PoolBook;
import io.poolwatch.memory.HandleValue;
import io.poolwatch.violation.Handles;
import io.poolwatch.violation.IdentityTable;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Fingerprints of pools that keep no life of each object, and may know it by a handle: the last few
 * thousand that were taken are remembered. Thread-safe.
 */
public final class HandlePrints {
  private static final IdentityTable<Print> PRINTS = new IdentityTable<>();

  private HandlePrints() {}

  /** An object is about to be put back, and is nobody's yet. */
  public static void returned(PoolBook book, Object handle) {
    int oneIn = Fingerprints.rate();
    if (oneIn == 0) {
      return;
    }
    Print print = null;
    if (oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0) {
      Object object = HandleValue.of(handle);
      if (object != null && Subjects.include(object) && !Fingerprints.isAside(book)) {
        print = Fingerprints.print(object, ThreadLocalRandom.current().nextLong());
      }
    }
    if (print != null) {
      PRINTS.put(handle, print);
    } else {
      // One of a return that was refused in the end, after which the object was still lent.
      PRINTS.remove(handle);
    }
  }

  /** An object was taken out, and its borrower does not have it yet. */
  public static void borrowed(PoolBook book, Object handle) {
    Print print = PRINTS.remove(handle);
    Object object = print == null ? null : HandleValue.of(handle);
    if (print != null && object != null) {
      Fingerprints.compare(book, print, object, null, Handles.returnOf(handle));
    }
  }
}
