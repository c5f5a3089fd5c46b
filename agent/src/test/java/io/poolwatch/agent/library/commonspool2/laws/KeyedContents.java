package io.poolwatch.agent.library.commonspool2.laws;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectState;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;

/**
 * What a keyed pool has, by its own maps and the records in there. Its counters say the same until
 * it destroys an object twice, which it counts twice: the evictor and a clear, or a return, may
 * both come by an object, in all releases to 2.13.1. One too few under a key, and the key is
 * forgotten with the last object that it has.
 */
final class KeyedContents {
  private final Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> idle = Collections.newSetFromMap(new IdentityHashMap<>());
  private int lostLoans;

  /**
   * Of a pool at rest.
   *
   * @param left what its factory made and did not destroy
   */
  KeyedContents(GenericKeyedObjectPool<?, ?> pool, List<? extends PooledObject<?>> left) {
    for (Object key : ((Map<?, ?>) read(pool, "poolMap")).values()) {
      all.addAll(((Map<?, ?>) read(key, "allObjects")).values());
      idle.addAll((Collection<?>) read(key, "idleObjects"));
    }
    // What was given back while the evictor destroyed it, and is dropped by the next borrow.
    idle.removeIf(each -> ((PooledObject<?>) each).getState() == PooledObjectState.INVALID);
    for (PooledObject<?> each : left) {
      if (each.getState() == PooledObjectState.ALLOCATED && !all.contains(each)) {
        lostLoans++;
      }
    }
  }

  /** What the pool may lend. */
  int idle() {
    return idle.size();
  }

  /** What was lent or made and did not come back, whether or not the pool would know it again. */
  int used() {
    return all.size() - idle.size() + lostLoans;
  }

  private static Object read(Object object, String field) {
    Class<?> type = object.getClass();
    try {
      Field found = type.getDeclaredField(field);
      found.setAccessible(true);
      return found.get(object);
    } catch (ReflectiveOperationException changed) {
      throw new AssertionError(changed);
    }
  }
}
