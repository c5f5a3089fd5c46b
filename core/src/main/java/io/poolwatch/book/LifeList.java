package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The lives of a book's objects, newest first, and the folded sums of those that were removed and
 * let go.
 *
 * <p>Folding is done by whoever reads, and by a creating thread when too many removed ones have
 * gathered; it never waits: if somebody folds already, a service's thread goes on. Thread-safe.
 */
final class LifeList {
  /** Removed lives that may gather before a creating thread folds them. */
  private static final int MIN_GARBAGE = 256;

  /**
   * Removed lives that wait at most, until it is known whether a collection had promoted them; what
   * is beyond is judged by what is known.
   */
  private static final int MOST_UNSETTLED = 4096;

  private static final AtomicReferenceFieldUpdater<LifeList, @Nullable KeyWindows> KEYS =
      AtomicReferenceFieldUpdater.newUpdater(LifeList.class, KeyWindows.class, "keys");

  /** Null as long as there is no key, as in most pools for ever. */
  private volatile @Nullable KeyWindows keys;

  private static final AtomicReferenceFieldUpdater<LifeList, @Nullable Life> HEAD =
      AtomicReferenceFieldUpdater.newUpdater(LifeList.class, Life.class, "head");
  private static final AtomicIntegerFieldUpdater<LifeList> GARBAGE =
      AtomicIntegerFieldUpdater.newUpdater(LifeList.class, "garbage");
  private static final AtomicIntegerFieldUpdater<LifeList> FOLDING =
      AtomicIntegerFieldUpdater.newUpdater(LifeList.class, "folding");

  private volatile @Nullable Life head;
  private volatile int garbage;

  /** 1 while somebody folds. */
  private volatile int folding;

  // Guarded by folding.
  /** Null as long as the pool has let no object go, as of many for ever. */
  private @Nullable Tally folded;

  private final Promotions promotions = new Promotions();
  private int liveWhenFolded;
  private int usedWhenFolded;

  // Only the ledger touches this, under its lock.
  private long seenRemoved;

  /** The newest life; the others by {@code next}. Null if there is none. */
  @Nullable Life first() {
    return head;
  }

  /** Adds a new life. */
  void add(Life life) {
    KeyShare key = life.key();
    if (key != null) {
      keys().made(key);
    }
    Life first;
    do {
      first = head;
      life.next = first;
    } while (!HEAD.compareAndSet(this, first, life));
    if (garbage > MIN_GARBAGE + liveWhenFolded && FOLDING.compareAndSet(this, 0, 1)) {
      try {
        fold(null);
      } finally {
        folding = 0;
      }
    }
  }

  /** The key of a life that was added without. */
  void foundUnder(Life life, KeyShare key) {
    life.key(key);
    keys().found(key);
  }

  private KeyWindows keys() {
    while (true) {
      KeyWindows present = keys;
      if (present != null) {
        return present;
      }
      KEYS.compareAndSet(this, null, new KeyWindows());
    }
  }

  /** A window over which keys are counted ends. One caller at a time. */
  void closeKeyWindow() {
    KeyWindows known = keys;
    if (known != null) {
      known.close(head);
    }
  }

  /** One of the lives was removed: it can be let go once it was counted. */
  void removed() {
    GARBAGE.incrementAndGet(this);
  }

  /** Adds what all lives counted, those that were let go included. */
  void count(Tally into) {
    lockFolding();
    try {
      fold(into);
      if (folded != null) {
        into.add(folded);
      }
      promotions.addTo(into);
      KeyWindows known = keys;
      if (known != null) {
        known.addTo(into);
      }
    } finally {
      folding = 0;
    }
  }

  private void lockFolding() {
    while (!FOLDING.compareAndSet(this, 0, 1)) {
      Thread.yield(); // only a creating thread that folds, for microseconds
    }
  }

  /** Unlinks removed lives into the folded sums, and adds the others to the tally if given. */
  private void fold(@Nullable Tally others) {
    garbage = 0;
    int kept = 0;
    int used = 0;
    int unsettled = 0;
    Life before = null;
    Life life = head;
    while (life != null) {
      Life next = life.next;
      // Asked first: if it was promoted before the rest was read, it was in that state.
      boolean tenured =
          life.promoted
              || Epochs.isTenured(life.birth())
              || others != null && life.isPromotedOutOfTurn();
      int end = life.end();
      boolean removed = end != LifeWord.NOT_ENDED;
      long word = life.get();
      if (life.folded || removed && isFolded(life, unsettled < MOST_UNSETTLED, end, word)) {
        // The first one can only go if nobody pushed in the meantime; else the next fold unlinks
        // it.
        if (before != null) {
          before.next = next;
        } else if (!HEAD.compareAndSet(this, life, next)) {
          before = life;
        }
      } else {
        kept++;
        if (removed) {
          unsettled++;
        } else if (tenured) {
          promoted(life);
        }
        used += removed || LifeWord.isIdle(word) ? 0 : 1;
        if (others != null) {
          life.count(end, word, others);
          if (tenured && !removed) {
            boolean idle = LifeWord.isIdle(word);
            others.tenured(idle ? 1 : 0, idle ? 0 : 1, life.isFreedYoung() ? 1 : 0);
          }
        }
        before = life;
      }
      life = next;
    }
    liveWhenFolded = kept;
    usedWhenFolded = used;
  }

  /**
   * Adds a removed life to the folded sums.
   *
   * @param mayWait whether that may be done another time, if it is not known yet whether its object
   *     had been promoted
   * @return false if it is to be done another time
   */
  private boolean isFolded(Life life, boolean mayWait, int end, long word) {
    long birth = life.birth();
    long at = life.removedAt();
    // What no collection has seen is not worth a thought.
    if (!life.promoted && birth != Epochs.UNKNOWN && birth != at) {
      if (Epochs.wasTenured(birth, at)) {
        promoted(life);
      } else if (mayWait && Epochs.isOn() && !Epochs.isSettled(at)) {
        return false;
      }
    }
    if (life.promoted) {
      promotions.removed(life.isFreedYoung());
    }
    KeyWindows known = keys;
    if (known != null && life.wasLentSinceLastWindow()) {
      known.asked(life.key());
    }
    life.folded = true;
    if (folded == null) {
      folded = new Tally();
    }
    life.count(end, word, folded);
    untrack(life);
    return true;
  }

  private void promoted(Life life) {
    if (!life.promoted) {
      life.promoted = true;
      promotions.promoted(life.birth());
    }
  }

  /** Objects that were lent when the list was folded last. */
  int usedWhenFolded() {
    return usedWhenFolded;
  }

  /** Different objects that were lent or removed at any time since the last call. */
  long touchedSinceLast() {
    long touched = 0;
    for (Life life = head; life != null; life = life.next) {
      if (life.wasLentSinceLastLook() || life.isLent()) {
        touched++;
      }
    }
    long removed = letGo();
    touched += removed - seenRemoved;
    seenRemoved = removed;
    return touched;
  }

  /** Lives that were unlinked; those that are still in the list were looked at. */
  private long letGo() {
    lockFolding();
    try {
      return folded == null ? 0 : folded.removed();
    } finally {
      folding = 0;
    }
  }

  /** Returns of objects that are no longer in the list. */
  long foldedReturns() {
    lockFolding();
    try {
      return folded == null ? 0 : folded.returns();
    } finally {
      folding = 0;
    }
  }

  /** Lives in the list now, removed ones that were not unlinked yet included. */
  int size() {
    int count = 0;
    for (Life life = head; life != null; life = life.next) {
      count++;
    }
    return count;
  }

  /** No collection of any object is waited for any longer. */
  void untrackAll() {
    for (Life life = head; life != null; life = life.next) {
      untrack(life);
    }
  }

  private static void untrack(Life life) {
    if (life.tracker != null) {
      life.tracker = null;
      Books.untrack(1);
    }
  }
}
