package io.poolwatch.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Who has which place among the tags of {@link Guard}. Thread-safe, without a lock. */
final class Places {
  /**
   * How far from the place that its hash names an object may be. With the most objects that are
   * guarded by default, about one in a million finds none.
   */
  private static final int REACH = 16;

  private static final AtomicReferenceArray<@Nullable Ward> WARDS =
      new AtomicReferenceArray<>(Guard.PLACES);

  private static final VarHandle TAG = MethodHandles.arrayElementVarHandle(int[].class);

  private Places() {}

  private static int place(int hash, int step) {
    return (hash + step) & (Guard.PLACES - 1);
  }

  /** Gives a ward its place; false if there is none. */
  static boolean take(Ward ward) {
    for (int step = 0; step < REACH; step++) {
      int place = place(ward.hash, step);
      if (WARDS.get(place) == null) {
        ward.place = place;
        if (WARDS.compareAndSet(place, null, ward)) {
          Guard.TAGS[place] = ward.hash;
          if (step > 0) {
            // Whoever had the first place may have left it meanwhile.
            VarHandle.fullFence();
            TAG.compareAndSet(Guard.TAGS, place(ward.hash, 0), 0, Guard.MOVED);
          }
          return true;
        }
      }
    }
    return false;
  }

  /** The ward of an object, or null if it has none. */
  static @Nullable Ward find(Object object, int hash) {
    for (int step = 0; step < REACH; step++) {
      Ward ward = WARDS.get(place(hash, step));
      // The hash first: to look at a referent would keep it alive on some collectors.
      if (ward != null && ward.hash == hash && ward.get() == object) {
        return ward;
      }
    }
    return null;
  }

  /** Takes the place of a ward back. One thread at a time. */
  static void leave(Ward ward) {
    int place = ward.place;
    Guard.TAGS[place] = 0;
    VarHandle.fullFence();
    mark(place);
    WARDS.set(place, null);
    int first = place(ward.hash, 0);
    if (first != place && TAG.compareAndSet(Guard.TAGS, first, Guard.MOVED, 0)) {
      VarHandle.fullFence();
      mark(first);
    }
  }

  /** Marks an empty place if somebody lives elsewhere whose hash names it. */
  private static void mark(int place) {
    if (isNamedByOthers(place)) {
      TAG.compareAndSet(Guard.TAGS, place, 0, Guard.MOVED);
    }
  }

  /** Whether the hash of a ward in one of the next places names this one. */
  private static boolean isNamedByOthers(int place) {
    for (int step = 1; step < REACH; step++) {
      Ward ward = WARDS.get(place(place, step));
      if (ward != null && place(ward.hash, 0) == place) {
        return true;
      }
    }
    return false;
  }

  /** How many places are not empty. */
  static int taken() {
    int taken = 0;
    for (int i = 0; i < Guard.PLACES; i++) {
      if (WARDS.get(i) != null || Guard.TAGS[i] != 0) {
        taken++;
      }
    }
    return taken;
  }
}
