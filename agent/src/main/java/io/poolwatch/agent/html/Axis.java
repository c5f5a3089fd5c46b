package io.poolwatch.agent.html;

import java.util.ArrayList;
import java.util.List;

/** The values that an axis from 0 shows: few, and round. */
final class Axis {
  private static final int MOST_TICKS = 4;

  private final double step;
  private final double top;

  /**
   * An axis.
   *
   * @param highest what it must reach
   */
  Axis(double highest) {
    double reach = highest > 0 ? highest : 1;
    double size = Math.pow(10, Math.floor(Math.log10(reach / MOST_TICKS)));
    double chosen = size;
    for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
      chosen = size * factor;
      if (reach / chosen <= MOST_TICKS) {
        break;
      }
    }
    step = chosen;
    top = Math.ceil(reach / step - 1e-9) * step;
  }

  double top() {
    return top;
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= top + step / 2; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
