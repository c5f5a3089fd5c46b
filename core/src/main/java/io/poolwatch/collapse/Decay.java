package io.poolwatch.collapse;

import java.util.Arrays;

/**
 * Finds a miss ratio that rises too slowly to be seen from minute to minute, by comparing whole
 * hours.
 *
 * <p>An hour is compared with the same hour of earlier days, and the hours beside it, once two days
 * are known: a daily rhythm repeats, a decay does not. Before that there is only the best hour so
 * far; the floor is then 20 points, since a rhythm of 15 looks the same as a decay on its first
 * day. Either way two hours in a row must be bad. A point an hour is found within a day.
 */
final class Decay {
  private static final int HOURS_A_DAY = 24;
  private static final int DAYS = 8;
  private static final int ENOUGH_DAYS = 2;
  private static final double FLOOR_BY_DAY = 0.08;
  private static final double FLOOR_BY_BEST_HOUR = 0.20;

  /** Hours with fewer borrows say nothing. */
  private static final long FEWEST_BORROWS = 1_000;

  private final int ticksAnHour;
  private final double[] hours = new double[HOURS_A_DAY * DAYS];
  private int hour;
  private int tick;
  private long borrows;
  private long misses;
  private double best = 1;
  private int badHours;
  private double reference;
  private double latest;

  Decay(int ticksAnHour) {
    this.ticksAnHour = ticksAnHour;
    Arrays.fill(hours, Double.NaN);
  }

  /** Takes in a tick; whether an hour ended with it. */
  boolean see(long borrowed, long missed) {
    borrows += borrowed;
    misses += missed;
    if (++tick < ticksAnHour) {
      return false;
    }
    tick = 0;
    endHour();
    return true;
  }

  private void endHour() {
    double ratio = borrows < FEWEST_BORROWS ? Double.NaN : (double) misses / borrows;
    borrows = 0;
    misses = 0;
    if (!Double.isNaN(ratio)) {
      latest = ratio;
      judge(ratio);
      best = Math.min(best, ratio);
    }
    hours[hour % hours.length] = ratio;
    hour++;
  }

  private void judge(double ratio) {
    double usual = Double.NaN;
    int days = 0;
    for (int day = 1; day < DAYS; day++) {
      double then = worstAround(hour - day * HOURS_A_DAY);
      if (!Double.isNaN(then)) {
        days++;
        usual = Double.isNaN(usual) ? then : Math.max(usual, then);
      }
    }
    boolean byDay = days >= ENOUGH_DAYS;
    reference = byDay ? usual : best;
    boolean bad = ratio - reference >= (byDay ? FLOOR_BY_DAY : FLOOR_BY_BEST_HOUR);
    badHours = bad ? badHours + 1 : 0;
  }

  /** The worst ratio of an hour and its neighbours; NaN if they are not known. */
  private double worstAround(int middle) {
    double worst = Double.NaN;
    for (int each = middle - 1; each <= middle + 1; each++) {
      if (each >= 0 && each < hour && each >= hour - hours.length) {
        double then = hours[each % hours.length];
        if (!Double.isNaN(then)) {
          worst = Double.isNaN(worst) ? then : Math.max(worst, then);
        }
      }
    }
    return worst;
  }

  /** Whether the last two hours were bad. */
  boolean isFound() {
    return badHours >= 2;
  }

  /** Whether the last hour was not. */
  boolean isOver() {
    return badHours == 0;
  }

  /** The miss ratio that the last hour was compared with. */
  double reference() {
    return reference;
  }

  /** The miss ratio of the last hour. */
  double latest() {
    return latest;
  }
}
