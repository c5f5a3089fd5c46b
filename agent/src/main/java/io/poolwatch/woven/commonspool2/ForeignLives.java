package io.poolwatch.woven.commonspool2;

import io.poolwatch.book.Life;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lives of pooled records that could not be given a field. Keyed by identity and weakly, so that it
 * keeps nothing alive and never calls {@code equals} or {@code hashCode} of the service's classes.
 * Thread-safe.
 */
final class ForeignLives {
  private final ConcurrentHashMap<Object, Life> lives = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  Life of(Object pooled) {
    Life life = lives.get(new Probe(pooled));
    return life == null ? enter(pooled) : life.current();
  }

  Life made(Object pooled) {
    return of(pooled).renewed();
  }

  private Life enter(Object pooled) {
    Object gone;
    while ((gone = collected.poll()) != null) {
      lives.remove(gone);
    }
    Life life = new Life();
    Life other = lives.putIfAbsent(new Key(pooled, collected), life);
    return other == null ? life : other.current();
  }

  /** How many records are known now. */
  int size() {
    return lives.size();
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object pooled, ReferenceQueue<Object> queue) {
      super(pooled, queue);
      hash = System.identityHashCode(pooled);
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
      Object pooled = get();
      return pooled != null && other instanceof Key && ((Key) other).get() == pooled;
    }
  }

  /** A key to look up with, on which the collector has no work. */
  private static final class Probe {
    private final Object pooled;

    Probe(Object pooled) {
      this.pooled = pooled;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(pooled);
    }

    // ConcurrentHashMap asks the probe, never the key.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key && ((Key) other).get() == pooled;
    }
  }
}
