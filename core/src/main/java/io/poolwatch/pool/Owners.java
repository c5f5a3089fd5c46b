package io.poolwatch.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The slots of all platform threads that use one pool, in a hash table that starts its search at
 * the thread's id.
 *
 * <p>It does what a {@link ThreadLocal} would, in half the time, and leaves nothing behind in the
 * thread: a thread local's value is held by the thread itself, also after the thread local has been
 * collected, until the thread's map happens to clean that entry. Here the pool holds the slots and
 * the slots hold their threads weakly, so each side may go first.
 *
 * <p>The table is never changed in place but for one thing: a free place is filled. A thread's own
 * slot is in every table published after the thread has registered, so it reads without a lock.
 */
final class Owners {

  private static final int FIRST_LENGTH = 8;

  private final int sharedLimit;

  /** A power of two long and at most half full; written under the lock of this. */
  private volatile @Nullable Slot[] table = new Slot[FIRST_LENGTH];

  /** Slots in the table; guarded by this. */
  private int count;

  private final CountBlocks blocks;
  private final Parting parting;

  Owners(int sharedLimit, CountBlocks blocks, Parting parting) {
    this.sharedLimit = sharedLimit;
    this.blocks = blocks;
    this.parting = parting;
  }

  /**
   * The slot of a thread, which must be the caller; null before {@link #register}.
   *
   * <p>The id only says where to look: {@code Thread.getId} could be overridden before JDK 19.
   */
  @Nullable Slot slotOf(Thread thread) {
    @Nullable Slot[] slots = table;
    Slot first = slots[Slot.hash(thread) & (slots.length - 1)];
    return first != null && first.isOwnedBy(thread) ? first : search(slots, thread);
  }

  /** Makes the calling thread, which has none, the owner of a slot. */
  synchronized Slot register(Thread thread, int now) {
    if (2 * (count + 1) > table.length) {
      // Many short-lived threads between two collections must not pile up.
      retireGone();
      if (2 * (count + 1) > table.length) {
        table = copy(2 * table.length);
      }
    }
    Slot slot = new Slot(thread, sharedLimit, now, blocks.open(), parting);
    @Nullable Slot[] slots = table;
    insert(slots, slot);
    count++;
    // Publishes the place that was filled to thieves.
    table = slots;
    return slot;
  }

  /** All slots among free places; for thieves. */
  @Nullable Slot[] table() {
    return table;
  }

  synchronized void sweep(int now) {
    retireGone();
    for (Slot slot : table) {
      if (slot != null) {
        slot.sweep(now);
      }
    }
  }

  /** Brings the counts up to date that nobody keeps at each event. */
  synchronized void settle() {
    for (Slot slot : table) {
      if (slot != null) {
        slot.settle();
      }
    }
  }

  /** Shows what lies here at some moment or other, without the lock. */
  void showIdle(Consumer<Object> visitor) {
    for (Slot slot : table) {
      if (slot != null) {
        slot.showIdle(visitor);
      }
    }
  }

  synchronized int countIdle() {
    int found = 0;
    for (Slot slot : table) {
      if (slot != null) {
        found += slot.countIdle();
      }
    }
    return found;
  }

  /** Slots of threads that live, and of those that have ended since the last sweep. */
  synchronized int count() {
    return count;
  }

  private static @Nullable Slot search(@Nullable Slot[] slots, Thread thread) {
    int mask = slots.length - 1;
    for (int i = Slot.hash(thread) & mask; ; i = (i + 1) & mask) {
      Slot slot = slots[i];
      if (slot == null || slot.isOwnedBy(thread)) {
        return slot;
      }
    }
  }

  private static void insert(@Nullable Slot[] slots, Slot slot) {
    int mask = slots.length - 1;
    int i = slot.hash & mask;
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    slots[i] = slot;
  }

  private @Nullable Slot[] copy(int length) {
    @Nullable Slot[] copy = new Slot[length];
    for (Slot slot : table) {
      if (slot != null) {
        insert(copy, slot);
      }
    }
    return copy;
  }

  private void retireGone() {
    boolean anyGone = false;
    for (Slot slot : table) {
      anyGone |= slot != null && slot.ownerIsGone();
    }
    if (anyGone) {
      // A hole would cut a search short, so the others move to a new table.
      @Nullable Slot[] left = new Slot[table.length];
      int remaining = 0;
      List<long[]> retired = new ArrayList<>();
      for (Slot slot : table) {
        if (slot != null && slot.ownerIsGone() && slot.retire()) {
          retired.add(slot.cells);
        } else if (slot != null) {
          insert(left, slot);
          remaining++;
        }
      }
      blocks.close(retired);
      count = remaining;
      table = left;
      shrink();
    }
  }

  private void shrink() {
    int length = table.length;
    while (length > FIRST_LENGTH && 8 * count < length) {
      length /= 2;
    }
    if (length < table.length) {
      table = copy(length);
    }
  }
}
