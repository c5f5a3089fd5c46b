package io.poolwatch.agent.html;

import java.util.ArrayList;
import java.util.List;

/** From values to places on the page. */
abstract class Scale {
  private final double topY;
  private final double bottomY;

  private Scale(double topY, double bottomY) {
    this.topY = topY;
    this.bottomY = bottomY;
  }

  /** From 0 to a round value. */
  static Scale linear(double highest, double topY, double bottomY) {
    Axis axis = new Axis(highest);
    return new Scale(topY, bottomY) {
      @Override
      double share(double value) {
        return value / axis.top();
      }

      @Override
      double top() {
        return axis.top();
      }

      @Override
      List<Double> ticks() {
        return axis.ticks();
      }
    };
  }

  /** From one power of ten to another. */
  static Scale decades(double lowest, double highest, double topY, double bottomY) {
    boolean any = highest > 0 && lowest <= highest;
    int from = any ? (int) Math.floor(Math.log10(lowest)) : 0;
    int to = Math.max(from + 1, any ? (int) Math.ceil(Math.log10(highest)) : 1);
    return new Scale(topY, bottomY) {
      @Override
      double share(double value) {
        return value <= 0 ? 0 : (Math.log10(value) - from) / (to - from);
      }

      @Override
      double top() {
        return Math.pow(10, to);
      }

      @Override
      List<Double> ticks() {
        int apart = 1 + (to - from) / 5;
        List<Double> ticks = new ArrayList<>();
        for (int exponent = from; exponent <= to; exponent += apart) {
          ticks.add(Math.pow(10, exponent));
        }
        return ticks;
      }
    };
  }

  /** How far up a value lies, from 0 to 1. */
  abstract double share(double value);

  abstract double top();

  abstract List<Double> ticks();

  double y(double value) {
    return bottomY - (bottomY - topY) * Math.max(0, Math.min(1, share(value)));
  }
}
