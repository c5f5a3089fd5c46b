package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Objects that were removed, of which it is to be decided whether they had been promoted, as soon
 * as the collections before that are known of. {@link #add} may be called by any thread; the rest
 * is the ledger's, under its lock.
 */
final class UnsettledRemovals {
  /** What is beyond is judged by what is known. */
  private static final int MOST = 4096;

  private final AtomicReference<@Nullable Removal> newest = new AtomicReference<>();
  private final AtomicInteger count = new AtomicInteger();

  void add(TrackedObject object, long at) {
    if (count.get() < MOST) {
      count.incrementAndGet();
      push(new Removal(object, at));
    }
  }

  private void push(Removal one) {
    Removal first;
    do {
      first = newest.get();
      one.next = first;
    } while (!newest.compareAndSet(first, one));
  }

  /** Decides what can be decided now. */
  void settle() {
    boolean waits = Epochs.isOn();
    Removal next;
    for (Removal each = newest.getAndSet(null); each != null; each = next) {
      next = each.next;
      if (each.object.wasTenured(each.at)) {
        each.object.removedOld();
      } else if (waits && !Epochs.isSettled(each.at)) {
        push(each);
        continue;
      }
      count.decrementAndGet();
    }
  }

  private static final class Removal {
    final TrackedObject object;
    final long at;
    @Nullable Removal next;

    Removal(TrackedObject object, long at) {
      this.object = object;
      this.at = at;
    }
  }
}
