package io.poolwatch.pool;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool tells of each object that it parts with, if an observer has put itself here: it must
 * not throw, and the object is the pool's no more. Never told on the way of an object that is kept,
 * nor under a lock.
 */
final class Parting {
  /** Of the JDK's own classes, so that the observer may keep it longer than the pool. */
  final AtomicReference<@Nullable Consumer<Object>> observer = new AtomicReference<>();

  boolean isObserved() {
    return observer.get() != null;
  }

  void with(@Nullable Object object) {
    Consumer<Object> present = observer.get();
    if (present != null && object != null) {
      present.accept(object);
    }
  }

  void withAll(@Nullable Object[] objects) {
    for (Object object : objects) {
      with(object);
    }
  }
}
