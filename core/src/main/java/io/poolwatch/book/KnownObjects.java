package io.poolwatch.book;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracked objects, found by the identity of the object. Grows by further tables, so that none is
 * ever copied while somebody adds to it. Adding and finding take no lock and may be done by any
 * thread; {@link #remove} is the ledger's, under its lock.
 */
final class KnownObjects {
  private static final int FIRST_BUCKETS = 16;
  private static final int GROWTH = 4;
  private static final int MOST_TABLES = 9;

  /** The last one takes what is new. */
  private final AtomicReference<AtomicReferenceArray<@Nullable KnownObject>[]> tables;

  private final AtomicInteger count = new AtomicInteger();

  @SuppressWarnings("unchecked")
  KnownObjects() {
    AtomicReferenceArray<@Nullable KnownObject>[] first = new AtomicReferenceArray[1];
    first[0] = new AtomicReferenceArray<>(FIRST_BUCKETS);
    tables = new AtomicReference<>(first);
  }

  private AtomicReferenceArray<@Nullable KnownObject>[] tables() {
    return Objects.requireNonNull(tables.get());
  }

  void add(KnownObject known) {
    AtomicReferenceArray<@Nullable KnownObject>[] all = tables();
    AtomicReferenceArray<@Nullable KnownObject> last = all[all.length - 1];
    int bucket = bucket(known.hash, last);
    KnownObject first;
    do {
      first = last.get(bucket);
      known.sameBucket = first;
    } while (!last.compareAndSet(bucket, first, known));
    if (count.incrementAndGet() > last.length() && all.length < MOST_TABLES) {
      grow(all);
    }
  }

  private void grow(AtomicReferenceArray<@Nullable KnownObject>[] all) {
    AtomicReferenceArray<@Nullable KnownObject>[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = new AtomicReferenceArray<>(all[all.length - 1].length() * GROWTH);
    // Else another thread has done it.
    tables.compareAndSet(all, more);
  }

  /** What is known of an object, which is not called; null if it is not among them. */
  @Nullable KnownObject find(Object object) {
    int hash = System.identityHashCode(object);
    AtomicReferenceArray<@Nullable KnownObject>[] all = tables();
    for (int i = all.length - 1; i >= 0; i--) {
      KnownObject each = all[i].get(bucket(hash, all[i]));
      for (; each != null; each = each.sameBucket) {
        // The hash first: on older JVMs a look at the referent keeps it alive.
        if (each.hash == hash && Referent.is(each, object)) {
          return each;
        }
      }
    }
    return null;
  }

  /** Forgets one. */
  void remove(KnownObject known) {
    for (AtomicReferenceArray<@Nullable KnownObject> table : tables()) {
      if (isUnlinked(known, table, bucket(known.hash, table))) {
        count.decrementAndGet();
        return;
      }
    }
  }

  private static boolean isUnlinked(
      KnownObject known, AtomicReferenceArray<@Nullable KnownObject> table, int bucket) {
    while (true) {
      KnownObject first = table.get(bucket);
      if (first == known) {
        if (table.compareAndSet(bucket, first, known.sameBucket)) {
          return true;
        }
        continue; // one was put in front
      }
      for (KnownObject before = first; before != null; before = before.sameBucket) {
        if (before.sameBucket == known) {
          before.sameBucket = known.sameBucket;
          return true;
        }
      }
      return false;
    }
  }

  /** Shows all of them. */
  void forEach(Consumer<KnownObject> visitor) {
    for (AtomicReferenceArray<@Nullable KnownObject> table : tables()) {
      for (int bucket = 0; bucket < table.length(); bucket++) {
        for (KnownObject each = table.get(bucket); each != null; each = each.sameBucket) {
          visitor.accept(each);
        }
      }
    }
  }

  int size() {
    return count.get();
  }

  private static int bucket(int hash, AtomicReferenceArray<?> table) {
    return (hash ^ (hash >>> 15)) & (table.length() - 1);
  }
}
