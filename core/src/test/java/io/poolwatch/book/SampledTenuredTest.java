package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Pools of which not each object is tracked, simulated many times: how often the truth lies within
 * what the estimate says.
 */
class SampledTenuredTest {
  private static final int RUNS = 400;
  private static final double WANTED = 0.93;

  /** One object of a simulated pool. */
  private static final class Thing {
    final int weight;
    final boolean idle;
    int age;
    boolean old;

    Thing(int weight, boolean idle) {
      this.weight = weight;
      this.idle = idle;
    }
  }

  /** What a pool goes through, and what is known of it. */
  private static final class History {
    private final SplittableRandom random;
    private final List<Thing> live = new ArrayList<>();
    private final Promotions promotions = new Promotions();
    private final TenuredEstimate estimate = new TenuredEstimate();
    private final int trackedFirst;
    private final int oneIn;
    private final int phase;
    private int made;
    private int untrackedSince;
    private long removedOld;

    History(long seed, int trackedFirst, int oneIn) {
      random = new SplittableRandom(seed);
      this.trackedFirst = trackedFirst;
      this.oneIn = oneIn;
      phase = random.nextInt(oneIn);
    }

    void make(double idleShare) {
      made++;
      int weight = 0;
      if (made <= trackedFirst || made % oneIn == phase) {
        weight = 1 + untrackedSince;
        untrackedSince = 0;
      } else {
        untrackedSince++;
      }
      live.add(new Thing(weight, random.nextDouble() < idleShare));
    }

    void throwAway(double share) {
      for (Iterator<Thing> each = live.iterator(); each.hasNext(); ) {
        Thing thing = each.next();
        if (random.nextDouble() < share) {
          each.remove();
          if (thing.old) {
            removedOld++;
            promotions.removed(false, thing.weight);
          }
        }
      }
    }

    void collect(int threshold) {
      for (Thing thing : live) {
        if (!thing.old && ++thing.age >= threshold) {
          thing.old = true;
          promotions.promoted(0, thing.weight);
        }
      }
    }

    long count(boolean idle, boolean onlyOld) {
      return live.stream().filter(t -> t.idle == idle && (t.old || !onlyOld)).count();
    }

    Tally read() {
      TrackedNow now = new TrackedNow();
      for (Thing thing : live) {
        byte place = thing.idle ? TrackedObject.IDLE : TrackedObject.LENT;
        if (thing.weight > 0) {
          now.add(place, thing.old, false, thing.weight);
        }
      }
      Tally tally = new Tally();
      estimate.made(made, made - untrackedSince, untrackedSince);
      estimate.addTold(promotions, now, count(true, false), count(false, false), tally);
      return tally;
    }
  }

  private int idleWithin;
  private int usedWithin;
  private int removedWithin;
  private double widest;

  private void run(long seed, int trackedFirst, int oneIn, double turnover, int threshold) {
    History history = new History(seed, trackedFirst, oneIn);
    for (int i = 0; i < 2_000; i++) {
      history.make(0.1);
    }
    for (int step = 0; step < 12; step++) {
      history.throwAway(turnover);
      history.collect(threshold);
      int room = 2_000 - history.live.size();
      for (int i = 0; i < room; i++) {
        history.make(0.1);
      }
      history.read();
    }
    Tally tally = history.read();
    idleWithin +=
        isWithin(history.count(true, true), tally.tenuredIdleLeast(), tally.tenuredIdleMost());
    usedWithin +=
        isWithin(history.count(false, true), tally.tenuredUsedLeast(), tally.tenuredUsedMost());
    removedWithin +=
        isWithin(history.removedOld, tally.tenuredRemovedLeast(), tally.tenuredRemovedMost());
    widest = Math.max(widest, tally.tenuredUsedMost() - tally.tenuredUsedLeast());
    assertThat(tally.promotions())
        .isEqualTo(tally.tenuredIdle() + tally.tenuredUsed() + tally.tenuredRemoved());
  }

  private static int isWithin(long truth, long least, long most) {
    return truth >= least && truth <= most ? 1 : 0;
  }

  private void check(int trackedFirst, int oneIn, double turnover, int threshold) {
    for (int i = 0; i < RUNS; i++) {
      run(i, trackedFirst, oneIn, turnover, threshold);
    }
    System.out.printf(
        "%d then 1 in %d, %.2f thrown away, at %d: idle %.3f, used %.3f, removed %.3f, widest %.0f%n",
        trackedFirst,
        oneIn,
        turnover,
        threshold,
        (double) idleWithin / RUNS,
        (double) usedWithin / RUNS,
        (double) removedWithin / RUNS,
        widest);
    assertThat(idleWithin).as("idle").isGreaterThan((int) (WANTED * RUNS));
    assertThat(usedWithin).as("used").isGreaterThan((int) (WANTED * RUNS));
    assertThat(removedWithin).as("removed").isGreaterThan((int) (WANTED * RUNS));
  }

  @Test
  void truthIsWithinWhereOneInSixteenIsTracked() {
    check(200, 16, 0.1, 3);
  }

  @Test
  void truthIsWithinWhereFewAreTracked() {
    check(20, 64, 0.1, 2);
  }

  @Test
  void truthIsWithinWhereNearlyAllAreOld() {
    check(200, 16, 0.01, 1);
  }

  @Test
  void truthIsWithinWhereFewAreOld() {
    check(100, 16, 0.4, 5);
  }

  @Test
  void nothingIsInDoubtWhereAllAreTracked() {
    run(1, Integer.MAX_VALUE, 1, 0.1, 3);
    assertThat(idleWithin + usedWithin + removedWithin).isEqualTo(3);
    assertThat(widest).isZero();
  }
}
