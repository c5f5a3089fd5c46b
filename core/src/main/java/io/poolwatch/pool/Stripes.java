package io.poolwatch.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What those share who own nothing: virtual threads, of which there may be millions, each for one
 * short task. A thread starts at the stripe that its id falls on and goes on to the next when that
 * one is in use, so that as many are busy as there are carriers at work.
 */
final class Stripes {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int FEWEST = 8;
  private static final int MOST = 64;

  private final Stripe[] stripes;
  private final boolean closed;
  private final CountBlocks blocks;

  /** Places that were replaced, until nobody can reach them; guarded by this. */
  private final Set<Replaced> replaced = new HashSet<>();

  private final ReferenceQueue<Place> unreachable = new ReferenceQueue<>();

  /**
   * @param limit most objects on each shelf; with 0 nothing is kept at all
   */
  Stripes(int limit, int now, CountBlocks blocks, Parting parting) {
    this.blocks = blocks;
    closed = limit == 0;
    int wanted = 4 * Runtime.getRuntime().availableProcessors();
    int count = FEWEST;
    while (count < wanted && count < MOST) {
      count *= 2;
    }
    stripes = new Stripe[count];
    for (int i = 0; i < count; i++) {
      Place place = new Place(now, closed, blocks.open());
      stripes[i] = new Stripe(new Shelf(limit, now, blocks.open(), parting), place);
    }
  }

  /** Whether anything is kept here. */
  boolean isClosed() {
    return closed;
  }

  /** Where the thread starts to look. */
  int indexFor(long thread) {
    return (int) ((thread * GOLDEN) >>> 32) & (stripes.length - 1);
  }

  /** The stripe at an index, which may run over the end. */
  Stripe at(int index) {
    return stripes[index & (stripes.length - 1)];
  }

  Stripe of(long thread) {
    return at(indexFor(thread));
  }

  /** Puts the object on the shelf at an index, or on the next one that takes it. */
  Shelf.Offer offer(int index, Object object, int now) {
    Shelf.Offer refused = Shelf.Offer.CONTENDED;
    for (int i = 0; i < stripes.length; i++) {
      Shelf.Offer offer = at(index + i).shelf.offer(object, now);
      if (offer == Shelf.Offer.KEPT) {
        return offer;
      }
      if (offer == Shelf.Offer.FULL) {
        refused = offer;
      }
    }
    return refused;
  }

  /** An object of another stripe than the thread's own. */
  @Nullable Object steal(int seed, int now, boolean victims) {
    for (int i = 0; i < stripes.length; i++) {
      Stripe stripe = at(seed + i);
      Object object =
          victims ? stripe.shelf.takeVictim(now) : stripe.place.steal(now, stripe.shelf);
      if (object == null && !victims) {
        object = stripe.shelf.takeOldest(now);
      }
      if (object != null) {
        return object;
      }
    }
    return null;
  }

  synchronized void sweep(int now) {
    settle();
    for (Stripe stripe : stripes) {
      if (!stripe.place.turn(now, stripe.shelf)) {
        replaced.add(new Replaced(stripe.place, unreachable));
        stripe.place = new Place(now, closed, blocks.open());
      }
      stripe.shelf.sweep(now);
    }
  }

  /** Completes the counts of places that were replaced. */
  synchronized void settle() {
    List<long[]> complete = new ArrayList<>();
    for (Reference<?> one = unreachable.poll(); one != null; one = unreachable.poll()) {
      Replaced gone = (Replaced) one;
      if (replaced.remove(gone)) {
        Place.settle(gone.cells);
        complete.add(gone.cells);
      }
    }
    if (!complete.isEmpty()) {
      blocks.close(complete);
    }
  }

  /** Shows what lies here at some moment or other. */
  void showIdle(Consumer<Object> visitor) {
    for (Stripe stripe : stripes) {
      stripe.place.showIdle(visitor);
      stripe.shelf.showIdle(visitor);
    }
  }

  int countIdle() {
    int found = 0;
    for (Stripe stripe : stripes) {
      found += stripe.place.countIdle() + stripe.shelf.countIdle();
    }
    return found;
  }

  private static final class Replaced extends WeakReference<Place> {

    final long[] cells;

    Replaced(Place place, ReferenceQueue<Place> queue) {
      super(place, queue);
      cells = place.cells;
    }
  }
}
