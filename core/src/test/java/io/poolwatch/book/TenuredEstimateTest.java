package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.gc.PromotionKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The estimate against a simulated history, of which the truth is known: objects are made, thrown
 * away and collected, young garbage by each collection and old garbage only by some.
 */
class TenuredEstimateTest {
  private static final int TENURING_AGE = 3;
  private static final long SECOND = 1_000_000_000L;

  /** One object of the simulated pool. */
  private static final class Thing {
    int age;
    boolean old;
    boolean live = true;
    boolean idle;

    /** For how many objects it stands; 0 if it is not tracked. */
    int weight;
  }

  private final SplittableRandom random = new SplittableRandom(1);
  private final TenuredEstimate estimate = new TenuredEstimate();
  private final List<Thing> things = new ArrayList<>();
  private long promoted;
  private long removedOld;
  private long removed;
  private long collectedOld;
  private long made;
  private long trackedPromoted;
  private int collections;
  private long time;
  private long collectedAt;
  private long before;

  /** Objects that were collected and of which nobody knows yet. */
  private long late;

  /** Whether it is known when the last collection was. */
  private boolean told = true;

  private long removedBefore;

  private int untrackedSince;

  private void make(boolean isTracked) {
    Thing thing = new Thing();
    if (isTracked) {
      thing.weight = 1 + untrackedSince;
      untrackedSince = 0;
    } else {
      untrackedSince++;
    }
    thing.idle = random.nextInt(3) > 0;
    made++;
    things.add(thing);
  }

  private void throwAway(Thing thing) {
    thing.live = false;
    removed++;
    removedOld += thing.old ? 1 : 0;
  }

  private void collect(boolean old) {
    collections++;
    collectedAt = time;
    for (Iterator<Thing> each = things.iterator(); each.hasNext(); ) {
      Thing thing = each.next();
      if (!thing.live && (!thing.old || old)) {
        each.remove();
        collectedOld += thing.old ? thing.weight : 0;
      } else if (!thing.old && ++thing.age >= TENURING_AGE) {
        thing.old = true;
        promoted++;
        trackedPromoted += thing.weight;
      }
    }
  }

  private Promotions trackedSoFar() {
    Promotions of = new Promotions();
    of.promoted(0, trackedPromoted);
    for (long i = 0; i < collectedOld; i++) {
      of.removed(false);
    }
    return of;
  }

  private long count(java.util.function.Predicate<Thing> which) {
    return things.stream().filter(which).count();
  }

  private Tally read() {
    TrackedNow now = new TrackedNow();
    things.stream()
        .filter(thing -> thing.weight > 0)
        .forEach(t -> now.add(TrackedObject.UNTOLD, t.old, false, t.weight));
    look();
    Tally tally = new Tally();
    long idle = count(thing -> thing.live && thing.idle);
    long used = count(thing -> thing.live && !thing.idle);
    estimate.addUntold(trackedSoFar(), now, idle, used, tally);
    assertThat(tally.promotions())
        .isEqualTo(tally.tenuredIdle() + tally.tenuredUsed() + tally.tenuredRemoved());
    assertThat(tally.promotions()).isBetween(before, made);
    assertThat(tally.tenuredRemoved()).isGreaterThanOrEqualTo(removedBefore);
    assertThat(tally.tenuredIdle()).isBetween(0L, idle);
    assertThat(tally.tenuredUsed()).isBetween(0L, used);
    assertThat(removedOld).isBetween(tally.tenuredRemovedLeast(), tally.tenuredRemovedMost());
    assertThat(count(thing -> thing.live && thing.old && thing.idle))
        .isBetween(tally.tenuredIdleLeast(), tally.tenuredIdleMost());
    assertThat(count(thing -> thing.live && thing.old && !thing.idle))
        .isBetween(tally.tenuredUsedLeast(), tally.tenuredUsedMost());
    before = tally.promotions();
    removedBefore = tally.tenuredRemoved();
    return tally;
  }

  private void look() {
    estimate.made(made, made - untrackedSince, untrackedSince);
    estimate.look(
        collections,
        time,
        told ? time - collectedAt : Long.MAX_VALUE,
        late + things.stream().mapToLong(thing -> thing.weight).sum(),
        count(thing -> thing.live),
        removed);
  }

  private long tenured() {
    return count(thing -> thing.live && thing.old);
  }

  private static long of(Tally tally) {
    return tally.tenuredIdle() + tally.tenuredUsed();
  }

  @Test
  void poolThatThrowsNothingAwayIsKnownExactly() {
    for (int step = 0; step < 30; step++) {
      make(true);
      collect(false);
      Tally tally = read();
      assertThat(of(tally)).isEqualTo(tenured());
      assertThat(tally.promotions(PromotionKind.AGED)).isEqualTo(promoted);
    }
  }

  @Test
  void garbageIsKnownExactlyAfterACollectionWhileThePoolRests() {
    for (int i = 0; i < 1_000; i++) {
      make(true);
      if (i % 100 == 0) {
        collect(false);
      }
    }
    read();
    things.stream().filter(thing -> random.nextInt(3) == 0).forEach(this::throwAway);
    look();
    collect(false);
    look();
    time += 2 * SECOND;
    Tally tally = read();
    assertThat(of(tally)).isEqualTo(tenured());
    assertThat(tally.tenuredRemoved()).isEqualTo(removedOld);
    collect(true);
    time += 2 * SECOND;
    tally = read();
    assertThat(of(tally)).isEqualTo(tenured());
    assertThat(tally.tenuredRemoved()).isEqualTo(removedOld);
  }

  @Test
  void referencesThatAreHandedOverLateAreNoGarbage() {
    for (int i = 0; i < 1_000; i++) {
      make(true);
    }
    for (int i = 0; i < 5; i++) {
      collect(false);
    }
    time += 2 * SECOND;
    read();
    for (int round = 0; round < 20; round++) {
      late = 300;
      told = true;
      collect(false);
      read();
      told = false;
      time += SECOND / 10;
      read();
      late = 0;
      time += SECOND;
      assertThat(of(read())).isEqualTo(tenured());
    }
    assertThat(read().tenuredRemoved()).isZero();
  }

  @Test
  void steadyChurnIsEstimatedWithinAFewPercentAndNoCounterFalls() {
    for (int i = 0; i < 2_000; i++) {
      make(true);
    }
    double worst = 0;
    for (int step = 0; step < 3_000; step++) {
      time += SECOND;
      churn(4, true);
      if (step % 7 == 0) {
        collect(step % 350 == 0);
      }
      if (step % 5 == 0) {
        look();
      }
      if (step % 30 == 0) {
        Tally tally = read();
        if (step > 300) {
          worst = Math.max(worst, Math.abs(of(tally) - tenured()) / (double) tenured());
        }
      }
    }
    assertThat(worst).isLessThan(0.025);
    Tally last = read();
    assertThat((double) last.promotions()).isCloseTo(promoted, within(promoted, 0.001));
    assertThat((double) last.tenuredRemoved()).isCloseTo(removedOld, within(removedOld, 0.01));
  }

  @Test
  void oneTrackedInFourStandsForAll() {
    for (int i = 0; i < 8_000; i++) {
      make(i % 4 == 0);
    }
    for (int step = 0; step < 600; step++) {
      time += SECOND;
      churn(8, step % 4 == 0);
      if (step % 5 == 0) {
        collect(step % 200 == 0);
        look();
      }
      if (step % 20 == 0) {
        read();
      }
    }
    Tally last = read();
    assertThat((double) of(last)).isCloseTo(tenured(), within(tenured(), 0.03));
    assertThat((double) last.promotions()).isCloseTo(promoted, within(promoted, 0.03));
  }

  private void churn(int count, boolean track) {
    for (int i = 0; i < count; i++) {
      make(track);
      Thing victim = things.get(random.nextInt(things.size()));
      while (!victim.live) {
        victim = things.get(random.nextInt(things.size()));
      }
      throwAway(victim);
    }
  }

  private static org.assertj.core.data.Offset<Double> within(long of, double share) {
    return org.assertj.core.data.Offset.offset(of * share);
  }
}
