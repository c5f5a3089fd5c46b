package io.poolwatch.violation;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the last few thousand objects of some kind, by identity and weakly: it
 * keeps nothing alive and calls no method of the service's. The oldest of a bucket makes room for
 * the next. Thread-safe, without a lock; of two threads that write to one full bucket at a time one
 * may be forgotten.
 *
 * @param <V> what is remembered; must not refer to the object, to its class or its loader
 */
public final class IdentityTable<V> {
  private static final int WAYS = 8;
  private static final int BUCKETS = 1024;

  private final AtomicReferenceArray<@Nullable Entry<V>> entries =
      new AtomicReferenceArray<>(BUCKETS * WAYS);

  /** Where the next one of a bucket goes; plain, because any place will do. */
  private final byte[] next = new byte[BUCKETS];

  /** Plain: only ever becomes true. */
  private boolean overflowed;

  /** Tells of objects that were collected; null if nobody asks. */
  private final @Nullable ReferenceQueue<Object> collected;

  /** An empty table. */
  public IdentityTable() {
    this(null);
  }

  private IdentityTable(@Nullable ReferenceQueue<Object> collected) {
    this.collected = collected;
  }

  /** An empty table that can be asked for {@link #pollCollected}. */
  static <V> IdentityTable<V> telling() {
    return new IdentityTable<>(new ReferenceQueue<>());
  }

  /** Remembers something of an object; replaces what is remembered of it already. */
  public void put(Object object, V value) {
    int hash = System.identityHashCode(object);
    Entry<V> present = find(hash, object);
    if (present != null) {
      entries.set(present.place, new Entry<>(object, hash, present.place, value, collected));
      return;
    }
    int bucket = bucketOf(hash);
    for (int place = bucket * WAYS; place < (bucket + 1) * WAYS; place++) {
      if (entries.get(place) == null
          && entries.compareAndSet(
              place, null, new Entry<>(object, hash, place, value, collected))) {
        return;
      }
    }
    overflowed = true;
    int way = next[bucket] & (WAYS - 1);
    next[bucket] = (byte) (way + 1);
    int place = bucket * WAYS + way;
    entries.set(place, new Entry<>(object, hash, place, value, collected));
  }

  /** Forgets an object; gives what was remembered of it, or null. */
  public @Nullable V remove(Object object) {
    Entry<V> entry = find(System.identityHashCode(object), object);
    return entry != null && entries.compareAndSet(entry.place, entry, null) ? entry.value : null;
  }

  /**
   * Forgets an object that was collected while it was remembered.
   *
   * @return what was remembered of it; null if there is no such object now
   */
  @SuppressWarnings("unchecked")
  @Nullable V pollCollected() {
    Reference<?> each;
    while (collected != null && (each = collected.poll()) != null) {
      Entry<V> entry = (Entry<V>) each;
      if (entries.compareAndSet(entry.place, entry, null)) {
        return entry.value;
      }
    }
    return null;
  }

  /** What is remembered of an object, or null. */
  public @Nullable V get(Object object) {
    Entry<V> entry = find(System.identityHashCode(object), object);
    return entry == null ? null : entry.value;
  }

  /** Whether something was forgotten to make room. */
  boolean hasOverflowed() {
    return overflowed;
  }

  /** The entry itself, not its place: another thread may put another object there any moment. */
  private @Nullable Entry<V> find(int hash, Object object) {
    int bucket = bucketOf(hash);
    for (int place = bucket * WAYS; place < (bucket + 1) * WAYS; place++) {
      Entry<V> entry = entries.get(place);
      // The hash first: to look at a referent would keep it alive on some collectors.
      if (entry != null && entry.hash == hash && entry.get() == object) {
        return entry;
      }
    }
    return null;
  }

  private static int bucketOf(int hash) {
    return (hash ^ (hash >>> 12)) & (BUCKETS - 1);
  }

  private static final class Entry<V> extends WeakReference<Object> {
    final int hash;
    final int place;
    final V value;

    Entry(Object object, int hash, int place, V value, @Nullable ReferenceQueue<Object> collected) {
      super(object, collected);
      this.hash = hash;
      this.place = place;
      this.value = value;
    }
  }
}
