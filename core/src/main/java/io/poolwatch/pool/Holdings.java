package io.poolwatch.pool;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that one pool holds, of owners and of virtual threads, as seen by the sweep and the reader.
 */
final class Holdings implements GcEpoch.Sweepable, Consumer<Consumer<Object>> {

  /**
   * Queues of others that one get looks into, so that a miss stays cheap with a thousand threads.
   */
  private static final int MOST_PROBES = 64;

  final Owners owners;
  private final int maxShared;

  /** Made when the first virtual thread comes. */
  private volatile @Nullable Stripes stripes;

  final CountBlocks blocks = new CountBlocks();

  final Parting parting = new Parting();

  Holdings(int maxShared) {
    this.maxShared = maxShared;
    owners = new Owners(maxShared, blocks, parting);
  }

  /** Null before the first virtual thread. */
  @Nullable Stripes stripes() {
    return stripes;
  }

  Stripes stripes(int now) {
    Stripes present = stripes;
    return present != null ? present : makeStripes(now);
  }

  private synchronized Stripes makeStripes(int now) {
    Stripes made = stripes;
    if (made == null) {
      made = new Stripes(maxShared, now, blocks, parting);
      stripes = made;
    }
    return made;
  }

  /**
   * The object that an owner gets, in order of cost; null when there is none to be had.
   *
   * @param own the owner's slot, turned to the present epoch
   * @param seed where to start among others: different for different threads
   */
  @Nullable Object find(Slot own, int seed, int now) {
    Object object = own.takePrivate();
    if (object == null) {
      object = own.shelf.takeNewest(now);
    }
    if (object == null) {
      object = steal(seed, now, false);
    }
    if (object == null) {
      object = own.shelf.takeVictim(now);
    }
    if (object == null) {
      object = steal(seed, now, true);
    }
    return object;
  }

  /**
   * The same for a virtual thread.
   *
   * @param own the stripe that it starts at
   */
  @Nullable Object find(Stripe own, long thread, int seed, int now) {
    own.place.turn(now, own.shelf);
    Object object = own.place.take(thread, now);
    if (object == null) {
      object = own.shelf.takeNewest(now);
    }
    if (object == null) {
      object = steal(seed, now, false);
    }
    if (object == null) {
      object = steal(seed, now, true);
    }
    return object;
  }

  /** Takes an object from the queue of any thread. */
  private @Nullable Object steal(int seed, int now, boolean victims) {
    @Nullable Slot[] slots = owners.table();
    int probes = Math.min(slots.length, MOST_PROBES);
    for (int i = 0; i < probes; i++) {
      Slot slot = slots[(seed + i) & (slots.length - 1)];
      Object object = slot == null ? null : take(slot.shelf, now, victims);
      if (object != null) {
        return object;
      }
    }
    Stripes present = stripes;
    return present == null ? null : present.steal(seed, now, victims);
  }

  private static @Nullable Object take(Shelf shelf, int now, boolean victims) {
    return victims ? shelf.takeVictim(now) : shelf.takeOldest(now);
  }

  @Override
  public void sweep(int now) {
    owners.sweep(now);
    Stripes present = stripes;
    if (present != null) {
      present.sweep(now);
    }
  }

  /**
   * Shows each object that lies here at some moment or other; one that goes from place to place
   * meanwhile may be shown twice, or not. Without a lock: no call of the application's notices.
   */
  @Override
  public void accept(Consumer<Object> visitor) {
    owners.showIdle(visitor);
    Stripes present = stripes;
    if (present != null) {
      present.showIdle(visitor);
    }
  }

  Counts counts() {
    owners.settle();
    Stripes present = stripes;
    if (present != null) {
      present.settle();
    }
    return blocks.counts();
  }

  /** The objects that lie here, counted one by one; the counts must give the same. */
  int countIdle() {
    Stripes present = stripes;
    return owners.countIdle() + (present == null ? 0 : present.countIdle());
  }
}
