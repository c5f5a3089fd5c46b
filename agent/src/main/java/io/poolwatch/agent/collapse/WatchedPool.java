package io.poolwatch.agent.collapse;

import io.poolwatch.collapse.CollapseChange;
import io.poolwatch.collapse.CollapseDetector;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.collapse.CollapseState;
import org.jspecify.annotations.Nullable;

/** One pool's detector, and the last minutes, to tell what grew. Read by any thread. */
final class WatchedPool {
  /** A quarter of an hour, of ticks of ten seconds. */
  static final int REMEMBERED = 90;

  private final CollapseDetector detector;
  private final Counts[] ticks = new Counts[REMEMBERED];
  private int count;
  private Counts total;
  private volatile CollapseReading reading = new CollapseReading(CollapseState.OK, 0);

  WatchedPool(Counts total, double tickSeconds) {
    this.total = total;
    detector = new CollapseDetector(tickSeconds);
  }

  CollapseReading reading() {
    return reading;
  }

  /** The tick that ends with these sums; tells what changed, null if nothing did. */
  @Nullable CollapseChange tick(Counts now) {
    Counts tick = now.since(total);
    total = now;
    ticks[count++ % REMEMBERED] = tick;
    CollapseChange change = detector.tick(tick.borrows(), Math.min(tick.misses(), tick.borrows()));
    reading = new CollapseReading(detector.state(), detector.score());
    return change;
  }

  /** What happened in the last so many ticks. */
  Counts latest(int number) {
    return sum(0, number);
  }

  /** What happened in the ticks before the last so many, as far as that is remembered. */
  Counts before(int number) {
    return sum(number, REMEMBERED);
  }

  private Counts sum(int from, int to) {
    Counts sum = Counts.NONE;
    for (int back = from; back < Math.min(to, Math.min(count, REMEMBERED)); back++) {
      sum = sum.plus(ticks[(count - 1 - back) % REMEMBERED]);
    }
    return sum;
  }
}
