package io.poolwatch.pool;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots of all platform threads that use one pool, found by their owner through a thread local
 * and by everybody else through an array.
 *
 * <p>A thread local's value is held strongly by the thread, even after the thread local itself has
 * been collected, until the thread's map happens to clean that entry. So the value is only a plain
 * {@link WeakReference} (a class of the JDK: it pins no class loader); what keeps a slot alive is
 * this object, that is, the pool.
 */
final class Owners {

  private final ThreadLocal<@Nullable WeakReference<Slot>> mine = new ThreadLocal<>();
  private final int sharedLimit;

  /** Guarded by this: writes of both, and {@link #retired}. Read by thieves without the lock. */
  private volatile @Nullable Slot[] slots = new Slot[4];

  private volatile int count;

  /** What threads counted that have ended since. */
  private final Tally retired = new Tally();

  Owners(int sharedLimit) {
    this.sharedLimit = sharedLimit;
  }

  /** The calling thread's slot; null before {@link #register}. */
  @Nullable Slot mine() {
    WeakReference<Slot> reference = mine.get();
    return reference == null ? null : reference.get();
  }

  /** Makes the calling thread an owner. */
  synchronized Slot register(Thread thread, int now) {
    Slot slot = find(thread);
    if (slot == null) {
      if (count == slots.length) {
        // Many short-lived threads between two collections must not pile up.
        retireGone();
      }
      slot = new Slot(thread, sharedLimit, now);
      add(slot);
    }
    mine.set(new WeakReference<>(slot));
    return slot;
  }

  /** All slots; places from {@link #count()} on, and for a moment others, may be null. */
  @Nullable Slot[] slots() {
    return slots;
  }

  int count() {
    return count;
  }

  synchronized void sweep(int now) {
    retireGone();
    for (int i = 0; i < count; i++) {
      Slot slot = slots[i];
      if (slot != null) {
        slot.sweep(now);
      }
    }
  }

  synchronized void addTo(Tally tally) {
    tally.add(retired);
    for (int i = 0; i < count; i++) {
      Slot slot = slots[i];
      if (slot != null) {
        slot.addTo(tally);
      }
    }
  }

  synchronized int countIdle() {
    int found = 0;
    for (int i = 0; i < count; i++) {
      Slot slot = slots[i];
      if (slot != null) {
        found += slot.countIdle();
      }
    }
    return found;
  }

  /** Some pools of threads erase all thread locals after each task; their slots are still here. */
  private @Nullable Slot find(Thread thread) {
    for (int i = 0; i < count; i++) {
      Slot slot = slots[i];
      if (slot != null && slot.isOwnedBy(thread)) {
        return slot;
      }
    }
    return null;
  }

  private void add(Slot slot) {
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, 2 * count);
    }
    slots[count] = slot;
    count++;
  }

  private void retireGone() {
    @Nullable Slot[] kept = new Slot[slots.length];
    int left = 0;
    for (int i = 0; i < count; i++) {
      Slot slot = slots[i];
      if (slot != null && !(slot.ownerIsGone() && slot.retireInto(retired))) {
        kept[left++] = slot;
      }
    }
    if (left < count) {
      slots = kept;
      count = left;
    }
  }
}
