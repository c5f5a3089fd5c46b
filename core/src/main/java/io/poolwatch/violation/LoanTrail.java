package io.poolwatch.violation;

import io.poolwatch.book.Life;
import io.poolwatch.book.Trail;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one object, of those calls whose stack is kept. Each sighting knows the loan it
 * belongs to, so an older one is never told as that of the present loan, and nobody needs to take
 * it away. Thread-safe.
 */
public final class LoanTrail extends Trail {
  /**
   * So many objects have a trail; beyond that the one that has had its own longest loses it. Weakly
   * held, since a life leads to those that were listed before it.
   */
  static final int MOST = 10_000;

  private static final AtomicReferenceArray<@Nullable WeakReference<Life>> KEPT =
      new AtomicReferenceArray<>(MOST);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private volatile @Nullable Sighting borrowed;
  private volatile @Nullable Sighting returned;

  private LoanTrail() {}

  /** The present thread borrows the object of a life, and its stack is to be kept. */
  public static void borrowed(Life life) {
    of(life).borrowed = Sighting.now(life.loans());
  }

  /** The present thread gives the object of a life back, and its stack is to be kept. */
  public static void returned(Life life) {
    of(life).returned = Sighting.now(life.loans());
  }

  private static LoanTrail of(Life life) {
    Trail present = life.trail();
    if (present instanceof LoanTrail) {
      return (LoanTrail) present;
    }
    LoanTrail made = new LoanTrail();
    life.trail(made);
    int place = Math.floorMod(NEXT.getAndIncrement(), MOST);
    WeakReference<Life> oldest = KEPT.getAndSet(place, new WeakReference<>(life));
    Life loser = oldest == null ? null : oldest.get();
    if (loser != null && loser != life) {
      loser.trail(null);
    }
    return made;
  }

  /** How the present loan of a life began, or its last one; null if that was not seen. */
  public static @Nullable Sighting borrowOf(Life life) {
    Trail trail = life.trail();
    return trail instanceof LoanTrail ? of(((LoanTrail) trail).borrowed, life.loans()) : null;
  }

  /** How the last loan of a life ended; null if that was not seen. */
  public static @Nullable Sighting returnOf(Life life) {
    Trail trail = life.trail();
    return trail instanceof LoanTrail ? of(((LoanTrail) trail).returned, life.loans()) : null;
  }

  /** How the loan before the last one ended; null if that was not seen. */
  static @Nullable Sighting returnBefore(Life life) {
    Trail trail = life.trail();
    return trail instanceof LoanTrail ? of(((LoanTrail) trail).returned, life.loans() - 1) : null;
  }

  private static @Nullable Sighting of(@Nullable Sighting sighting, long loan) {
    return sighting != null && sighting.isOf(loan) ? sighting : null;
  }
}
