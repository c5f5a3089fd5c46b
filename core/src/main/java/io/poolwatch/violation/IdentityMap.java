package io.poolwatch.violation;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of objects that could not be given a field; of each until it is collected. By
 * identity and weakly: it keeps nothing alive and calls no method of the service's. Thread-safe.
 *
 * <p>What was asked for lately is found in an {@link IdentityTable}, without a lock and without an
 * allocation. That forgets; behind it stands a map that does not.
 *
 * @param <V> what is known; must not refer to the object, to its class or its loader
 */
public final class IdentityMap<V> {
  private final ConcurrentHashMap<Object, V> all = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /** Null as long as nothing is known, as it is for ever where fields could be given. */
  private volatile @Nullable IdentityTable<V> lately;

  /** What is known of an object, or null. */
  public @Nullable V get(Object object) {
    IdentityTable<V> near = lately;
    if (near == null) {
      return null;
    }
    V known = near.get(object);
    return known == null ? further(near, object) : known;
  }

  private @Nullable V further(IdentityTable<V> near, Object object) {
    V known = all.get(new Probe(object));
    if (known != null) {
      near.put(object, known);
    }
    return known;
  }

  /** Notes something of an object of which nothing is known yet; gives what is known of it now. */
  public V putIfAbsent(Object object, V value) {
    Object gone;
    while ((gone = collected.poll()) != null) {
      all.remove(gone);
    }
    V other = all.putIfAbsent(new Key(object, collected), value);
    V known = other == null ? value : other;
    IdentityTable<V> near = lately;
    if (near == null) {
      near = new IdentityTable<>();
      lately = near; // of two that come first together one may be forgotten
    }
    near.put(object, known);
    return known;
  }

  /** Shows what is known of all objects that were not collected. */
  public void forEach(BiConsumer<Object, V> visitor) {
    all.forEach(
        (key, value) -> {
          Object object = ((Key) key).get();
          if (object != null) {
            visitor.accept(object, value);
          }
        });
  }

  /** Of how many objects something is known now. */
  public int size() {
    return all.size();
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object object, ReferenceQueue<Object> queue) {
      super(object, queue);
      hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object object = get();
      return object != null && other instanceof Key && ((Key) other).get() == object;
    }
  }

  /** A key to look up with, on which the collector has no work. */
  private static final class Probe {
    private final Object object;

    Probe(Object object) {
      this.object = object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    // ConcurrentHashMap asks the probe, never the key.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key && ((Key) other).get() == object;
    }
  }
}
