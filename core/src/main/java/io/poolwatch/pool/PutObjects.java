package io.poolwatch.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects that were put and not taken since, told apart by identity and held weakly. Objects
 * that the pool dropped or let go stay in here while they live: whoever put them has given them up,
 * so a second put of theirs is as wrong.
 */
final class PutObjects {

  private final Set<Key> keys = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  /** False when it was in here already. */
  boolean add(Object object) {
    for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      keys.remove(dead);
    }
    return keys.add(new Key(object, gone));
  }

  void remove(Object object) {
    keys.remove(new Key(object, null));
  }

  private static final class Key extends WeakReference<Object> {

    private final int hash;

    Key(Object object, @Nullable ReferenceQueue<Object> queue) {
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
      if (!(other instanceof Key)) {
        return false;
      }
      Object mine = get();
      return mine != null && mine == ((Key) other).get();
    }
  }
}
