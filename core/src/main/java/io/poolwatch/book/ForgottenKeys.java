package io.poolwatch.book;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a pool forgot although it had objects under them. What is idle there is lost; but a
 * borrow that is about to end may have one in its hands which the book takes for idle yet. So only
 * what is idle for a while is held for lost. Thread-safe; nobody waits.
 */
final class ForgottenKeys {
  /** Longer than the end of a borrow takes. */
  private static final long STILL_NANOS = 200_000_000L;

  private static final AtomicReferenceFieldUpdater<ForgottenKeys, @Nullable Looks> LOOKS =
      AtomicReferenceFieldUpdater.newUpdater(ForgottenKeys.class, Looks.class, "looks");

  /** Null until a key is forgotten with objects, as in most pools for ever. */
  private volatile @Nullable Looks looks;

  void add(KeyShare key) {
    while (true) {
      Looks present = looks;
      if (present != null) {
        present.keys.add(key);
        return;
      }
      LOOKS.compareAndSet(this, null, new Looks());
    }
  }

  /**
   * What is lost for certain by now; forgets keys of which nothing is left.
   *
   * @param first of the book's lives
   */
  List<Life> lost(@Nullable Life first, long nowNanos) {
    Looks present = looks;
    if (present == null || present.keys.isEmpty() || !present.isOn.compareAndSet(false, true)) {
      return List.of();
    }
    try {
      return present.lost(first, nowNanos);
    } finally {
      present.isOn.set(false);
    }
  }

  private static final class Looks {
    final Queue<KeyShare> keys = new ConcurrentLinkedQueue<>();
    final AtomicBoolean isOn = new AtomicBoolean();

    /** What the last look found. */
    private Map<Life, Idle> idle = new IdentityHashMap<>();

    List<Life> lost(@Nullable Life first, long nowNanos) {
      List<Life> lost = new ArrayList<>();
      Map<KeyShare, Boolean> left = new IdentityHashMap<>();
      Map<Life, Idle> now = new IdentityHashMap<>();
      for (Life life = first; life != null; life = life.next) {
        KeyShare key = life.key();
        if (key != null && !life.isRemoved() && keys.contains(key)) {
          left.put(key, true);
          long word = life.get();
          if (LifeWord.isIdle(word)) {
            Idle before = idle.get(life);
            Idle since = before != null && before.word == word ? before : new Idle(word, nowNanos);
            now.put(life, since);
            if (nowNanos - since.nanos >= STILL_NANOS) {
              lost.add(life);
            }
          }
        }
      }
      idle = now;
      keys.removeIf(key -> !left.containsKey(key));
      return lost;
    }
  }

  /** Since when a life has said the same. */
  private static final class Idle {
    final long word;
    final long nanos;

    Idle(long word, long nanos) {
      this.word = word;
      this.nanos = nanos;
    }
  }
}
